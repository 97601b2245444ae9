import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../lab/scenarios/index.ts';
import { CONTROL_QUEUE, WORKFLOW_TYPE, type Mode, type RunRequest } from '../../workflows/contract.ts';
import { readSiteFile } from '../../src/site-file.ts';
import { join } from 'node:path';
import { agreeable, openRealEstate, type RealEstate } from './real-estate.ts';
import { seeded } from './seeded.ts';

/* What the test over the model holds for every scenario, held over the real wires for a few of them. */

const DRAWN = 2;
const SEED = 4711;

let real: RealEstate;
beforeAll(async () => {
  real = await openRealEstate();
});
afterAll(() => real.close());

describe.each(['fresh', 'finished'] as const)('a %s estate', (on) => {
  beforeAll(async () => {
    if (on === 'finished') await real.untilEnd(await real.start(), agreeable);
  });

  test.each(drawn(on))('with %s is left as it is by both rehearsals', async (name) => {
    await real.lab({ type: 'add-scenario', name });
    const before = await settledEstate();
    for (const until of [{ until: 0 }, {}]) {
      await rehearse(until);
      expect(await real.estate()).toEqual(before);
    }
    await real.lab({ type: 'mend-scenario', name });
  });
});

/** What a scenario brings about by itself, such as a worker that reports anew, has come about by the second look. */
async function settledEstate(): Promise<Record<string, unknown>> {
  await real.estate();
  return real.estate();
}

async function rehearse(part: Pick<RunRequest, 'until'>): Promise<void> {
  const { request, site } = readSiteFile(join(real.directory, 'site.yaml'));
  const mode: Mode = 'rehearse';
  const args = [{ site: request, mode, startedBy: 'starter', ...part }];
  const run = await real.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: `ssis-ha/${site.site}/rehearsal`,
    taskQueue: CONTROL_QUEUE,
    args,
  });
  await real.untilEnd(run, () => null);
}

function drawn(on: 'fresh' | 'finished'): string[] {
  const next = seeded(SEED + on.length);
  const left = scenarios.filter((scenario) => scenario.on === on && !scenario.needs).map(({ name }) => name);
  return Array.from({ length: DRAWN }, () => left.splice(Math.floor(next() * left.length), 1)).flat();
}
