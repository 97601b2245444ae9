import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../lab/scenarios/index.ts';
import { Stage, type Scenario } from '../../lab/scenarios/scenario.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { labFor } from './practise.ts';
import { verification } from '../../activities/steps/verification.ts';
import { planOf, stepOf, THIS_RUN, walk } from '../steps/walk.ts';

/* A rehearsal looks by every step of the plan, that of the preflight by those of chapter 0, a verification by its own. */

let fresh: InProcessLab;
let finished: InProcessLab;
beforeAll(async () => {
  fresh = openInProcessLab();
  finished = openInProcessLab();
  await walk(finished);
});
afterAll(() => {
  fresh.close();
  finished.close();
});

describe.each(scenarios)('$name', (scenario) => {
  test('is left as it is by a rehearsal of the preflight, one of the whole plan, and a verification', async () => {
    const lab = scenario.needs ? labFor(scenario) : scenario.on === 'fresh' ? fresh : finished;
    await withScenario(lab, scenario, async () => {
      const before = lab.picture();
      const plan = await planOf(lab);
      await lookBy(
        lab,
        plan.filter(({ chapter }) => chapter === 0),
      );
      expect(lab.picture()).toBe(before);
      await lookBy(lab, plan);
      expect(lab.picture()).toBe(before);
      await lookBy(lab, await planOf(lab, verification));
      expect(lab.picture()).toBe(before);
    });
    if (scenario.needs) lab.close();
  });
});

/** Spoils the estate, and puts it back as it was: to build one anew for each would take minutes. */
async function withScenario(lab: InProcessLab, scenario: Scenario, work: () => Promise<void>): Promise<void> {
  const { laboratory, site, sealer } = lab;
  const kept = structuredClone(laboratory.estate);
  try {
    laboratory.alter(() => new Stage(laboratory.estate, site, sealer).play(scenario));
    // What comes about by itself, such as a worker that reports, is nothing that a look has done.
    laboratory.tick();
    await work();
  } finally {
    laboratory.store.state.estate = kept;
  }
}

async function lookBy(lab: InProcessLab, plan: readonly PlannedStep[]): Promise<void> {
  for (const planned of plan) {
    await stepOf(planned)
      .look(lab.portsOn(planned.host), planned.input, THIS_RUN)
      .catch(() => null);
  }
}
