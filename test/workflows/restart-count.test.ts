import { beforeEach, expect, test, vi } from 'vitest';
import type { Access, Plan } from '../../workflows/contract.ts';
import { Run } from '../../workflows/run.ts';
import { plannedStep } from './planned-step.ts';

/** What a run asks of the machinery that performs it, where nothing of it matters. */
vi.mock('@temporalio/workflow', async (load) => ({
  ...(await load<typeof import('@temporalio/workflow')>()),
  proxySinks: () => ({ record: { keep: () => undefined, append: () => undefined } }),
  setHandler: () => undefined,
  workflowInfo: () => ({ workflowId: 'ssis-ha/sample', runId: 'run', startTime: new Date(0) }),
}));

const onA = plannedStep({ key: 'step@A', host: 'A' });
const onB = plannedStep({ key: 'step@B', host: 'B' });

let run: Run;
beforeEach(() => {
  run = new Run({ site: null, mode: 'perform', startedBy: 'ann' });
  run.begin({ steps: [onA, onB], access: { restarts: { perHost: 2 } } as Access } as unknown as Plan);
});

test('a host that always wants another restart is refused one after as many as the site allows', () => {
  expect([1, 2, 3].map(() => run.countRestart(onA, ['driver.sys (file-renames)']))).toEqual([
    'allowed',
    'allowed',
    'too many',
  ]);
  expect(run.countRestart(onB, [])).toBe('allowed');
});

test('whoever lets it try again allows as many again', () => {
  for (let count = 0; count < 3; count += 1) run.countRestart(onA, []);
  expect(run.countRestart(onA, [])).toBe('allowed');
});

test('restarts stand in the snapshot with what wanted them, and refused ones do not', () => {
  expect(run.snapshot().restarts).toBeUndefined();
  for (let count = 0; count < 3; count += 1) run.countRestart(onA, ['driver.sys (file-renames)']);
  const restart = { host: 'A', stepKey: 'step@A', wanted: ['driver.sys (file-renames)'] };
  expect(run.snapshot().restarts).toMatchObject([restart, restart]);
});
