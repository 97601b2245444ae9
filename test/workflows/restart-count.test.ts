import { beforeEach, expect, test, vi } from 'vitest';
import type { Access, Plan } from '../../workflows/contract.ts';
import { Run } from '../../workflows/run.ts';
import { plannedStep } from './planned-step.ts';

/** What a run asks of the machinery that performs it, where nothing of it matters. */
vi.mock('@temporalio/workflow', async (load) => ({
  ...(await load<typeof import('@temporalio/workflow')>()),
  proxySinks: () => ({ record: { keep: () => undefined, append: () => undefined } }),
  setHandler: () => undefined,
  workflowInfo: () => ({
    workflowId: 'ssis-ha/sample',
    runId: 'run',
    startTime: new Date(0),
    unsafe: { isReplayingHistoryEvents: false },
  }),
}));

const onA = plannedStep({ key: 'step@A', host: 'A' });
const onB = plannedStep({ key: 'step@B', host: 'B' });

let run: Run;
beforeEach(() => {
  run = new Run({ site: null, mode: 'perform', startedBy: 'ann' });
  run.begin({ steps: [onA, onB], access: { restarts: { perHost: 2 } } as Access } as unknown as Plan);
});

test('a host that always wants another restart is refused one after as many as the site allows', () => {
  for (let count = 0; count < 2; count += 1) {
    expect(run.isRestartedInVain(onA)).toBe(false);
    run.countRestart(onA, ['driver.sys (file-renames)']);
  }
  expect(run.isRestartedInVain(onA)).toBe(true);
  expect(run.isRestartedInVain(onB)).toBe(false);
});

test('whoever lets it try again allows as many again', () => {
  for (let count = 0; count < 2; count += 1) run.countRestart(onA, []);
  expect([1, 2].map(() => run.isRestartedInVain(onA))).toEqual([true, false]);
});

test('restarts stand in the snapshot with what wanted them', () => {
  expect(run.snapshot().restarts).toBeUndefined();
  for (let count = 0; count < 2; count += 1) run.countRestart(onA, ['driver.sys (file-renames)']);
  const restart = { host: 'A', stepKey: 'step@A', wanted: ['driver.sys (file-renames)'] };
  expect(run.snapshot().restarts).toMatchObject([restart, restart]);
});
