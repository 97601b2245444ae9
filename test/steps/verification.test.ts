import { afterEach, describe, expect, test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { stepsOf } from '../../activities/steps/index.ts';
import { verification } from '../../activities/steps/verification.ts';
import { Stage } from '../../lab/scenarios/scenario.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { planOf, THIS_RUN, walk } from './walk.ts';

let lab: InProcessLab;
afterEach(() => lab.close());

async function finished(site?: Site): Promise<Stage> {
  lab = site ? openInProcessLab(site) : openInProcessLab();
  await walk(lab, ({ id }) => id === 'deploy-probe-package');
  return new Stage(lab.laboratory.estate, lab.site, lab.sealer);
}

async function looks(): Promise<readonly (readonly [PlannedStep, Look])[]> {
  const { steps } = await makePlan(verification, lab.site as unknown as Json, { version: '0', scripts: '0' });
  const known = stepsOf(verification);
  return Promise.all(
    steps.map(async (planned) => {
      const step = known.find(({ id }) => id === planned.id);
      if (!step) throw new Error(`No step ${planned.id}`);
      return [planned, await step.look(lab.portsOn(planned.host), planned.input, THIS_RUN)] as const;
    }),
  );
}

const all = async () => (await looks()).map(([, look]) => look);
const cells = async () => (await all()).flatMap(({ truth }) => truth ?? []);
const differing = async () => (await cells()).filter(({ agrees }) => !agrees);
const warnings = async () => (await all()).flatMap(({ warnings: told }) => told ?? []);

test('a healthy estate has no disagreement and no warning', async () => {
  await finished();
  expect(await differing()).toEqual([]);
  expect(await warnings()).toEqual([]);
});
