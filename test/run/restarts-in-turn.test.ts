import { expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import {
  CONTROL_QUEUE,
  MESSAGES,
  type Plan,
  type RunSnapshot,
  type StepTask,
} from '../../workflows/contract.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import { ANY_TIME, asked, decide, FAR, moment, NOW, onRun, PLAN, progress, seen } from './made-up-run.ts';

/* One host restarts at a time: what stops a restart that still waits for another host. */

const [ON_A, ON_B] = (['A', 'B'] as const).map((host) =>
  plannedStep({
    key: `feature@${host}`,
    id: `feature-${host}`,
    host,
    holds: [host],
    queue: CONTROL_QUEUE,
  }),
) as [Plan['steps'][number], Plan['steps'][number]];
const BOTH: Plan = { ...PLAN, steps: [ON_A, ON_B] };

/** Two hosts that want to restart; A's draining lasts until it is let go. */
function twoHosts() {
  const restarted = new Set<string>();
  const drained: string[] = [];
  const looks = new Map<string, number>();
  const drainsA = moment();
  const letGo = moment();
  const waitsB = moment();
  const activities = {
    'restart.look': ({ host }: StepTask) => {
      looks.set(host, (looks.get(host) ?? 0) + 1);
      return Promise.resolve({
        bootId: host,
        interrupts: ['host'],
        seen: [`${host} wants to.`],
        before: null,
      });
    },
    'restart.prepare': async ({ host }: StepTask) => {
      drained.push(host);
      if (host !== 'A') return;
      drainsA.come();
      await letGo.comes;
    },
    'restart.begin': ({ host }: StepTask) => Promise.resolve(void restarted.add(host)),
    'restart.await': () => Promise.resolve(),
    'restart.finish': () => Promise.resolve(),
    /** The last thing that is asked before a restart takes its turn. */
    findWindow: () => {
      if (looks.get('B') === 2) waitsB.come();
      return Promise.resolve(restarted.has('A') ? FAR : NOW);
    },
  };
  const look = (id: string) => ({
    gate: null,
    get restartPends() {
      return !restarted.has(id.replace('feature-', ''));
    },
  });
  /** Until A is drained, and B, which may restart too, waits for it. */
  const untilBWaits = async (run: WorkflowHandle) => {
    await approveRestart(run, ON_A.key);
    await drainsA.comes;
    await approveRestart(run, ON_B.key);
    await waitsB.comes;
  };
  return { activities, look, drained, untilBWaits, letGo: letGo.come };
}

async function approveRestart(run: WorkflowHandle, stepKey: string): Promise<void> {
  await decide(run, await asked(run, (question) => question.stepKey === stepKey), {});
}

test.each(['stop', 'undo'] as const)(
  'a restart that waits for another host does not begin after %s',
  async (verdict) => {
    const { activities, look, drained, untilBWaits, letGo } = twoHosts();
    await onRun({ plan: { ...BOTH, windows: ANY_TIME }, look, activities }, async (run) => {
      await untilBWaits(run);
      const { restarts } = await progress(run);
      await run.signal(MESSAGES.end, { verdict, by: 'ann', reason: 'enough' });
      letGo();
      expect(restarts?.map(({ host }) => host)).toEqual(['A']);
      const ended = (await run.result()) as RunSnapshot;
      expect(ended.state).toBe(verdict === 'stop' ? 'stopped' : 'undone');
      expect(ended.restarts?.map(({ host }) => host)).toEqual(['A']);
      expect(drained).toEqual(['A']);
    });
  },
);

test('nor after the end of its window, which is asked for again after the wait', async () => {
  const { activities, look, drained, untilBWaits, letGo } = twoHosts();
  await onRun({ plan: { ...BOTH, windows: ANY_TIME }, look, activities }, async (run) => {
    await untilBWaits(run);
    letGo();
    await seen(run, ({ steps }) => steps[1]?.state === 'waiting-for-window');
    expect(drained).toEqual(['A']);
    await run.signal(MESSAGES.end, { verdict: 'stop', by: 'ann', reason: '' });
  });
});
