import { CancellationScope } from '@temporalio/workflow';
import type { ChangeKind, Interrupted, Json, PlannedStep, StepTask } from './contract.ts';
import { Halt, problemOf } from './problem.ts';
import type { Run } from './run.ts';
import { hostActivity, taskOf } from './step-activities.ts';
import type { Interruption } from './windows.ts';

/** What is known before a host is restarted. */
export interface RestartLook {
  readonly bootId: string;
  readonly interrupts: readonly Interrupted[];
  /** Sources with the key, file or setup that says so; left out in histories of older builds. */
  readonly wanted?: readonly string[];
  /** Why it is wanted, what it interrupts, what stands in for the host meanwhile. */
  readonly seen: readonly string[];
  /** What `finish` puts back: failover modes, among others. */
  readonly before: Json;
}

const DRAIN_MINUTES = 75;
const BEGIN_MINUTES = 5;
const RESTART_MINUTES = 45;

/** How long a restart of the step's host may take, from its draining to its taking back. */
export function interruptionByRestart({ host }: PlannedStep): Interruption {
  return { minutes: DRAIN_MINUTES + BEGIN_MINUTES + 2 * RESTART_MINUTES, what: `A restart of ${host}` };
}

export function kindsOfRestart({ interrupts }: RestartLook): readonly ChangeKind[] {
  return ['host-restart', ...(interrupts.includes('engine') ? ['engine-restart' as const] : [])];
}

/** Fails where the restart would cost the quorum or the last synchronized replica. */
export async function lookBeforeRestart(step: PlannedStep, run: Run): Promise<RestartLook> {
  return hostActivity<RestartLook>('restart.look', step, 10, 'look')(taskOf(step, run));
}

export function restartsInVain({ host }: PlannedStep, { seen }: RestartLook): Halt {
  return new Halt({
    kind: 'operator',
    message: `${host} was restarted as often as the site allows and wants to be restarted again: ${seen.join(' ')}`,
    advice: 'Find out what keeps asking for a restart and remove it, then retry.',
  });
}

/**
 * Restarts the step's host once, for the boot that was agreed to: drain, restart, wait for the new boot, take the
 * node back. Whoever calls it holds `run.restarts`. What follows the restart is done even if the run is to end: a
 * node left drained would be a trap.
 */
export async function restartHost(step: PlannedStep, run: Run, agreed: RestartLook): Promise<void> {
  run.show(step, { state: 'restarting' });
  const task = { ...taskOf(step, run), before: { bootId: agreed.bootId, drained: agreed.before } };
  await drainOrTakeBack(step, run, task);
  await CancellationScope.nonCancellable(async () => {
    await untilDone(step, run, () => hostActivity<void>('restart.begin', step, BEGIN_MINUTES)(task));
    await untilDone(step, run, () => hostActivity<void>('restart.await', step, RESTART_MINUTES)(task));
    await untilDone(step, run, () => hostActivity<void>('restart.finish', step, RESTART_MINUTES)(task));
  });
}

/** A host that could not be drained whole is taken back into service before anybody is asked. */
async function drainOrTakeBack(step: PlannedStep, run: Run, task: StepTask): Promise<void> {
  try {
    await hostActivity<void>('restart.prepare', step, DRAIN_MINUTES)(task);
  } catch (failure) {
    await CancellationScope.nonCancellable(() =>
      untilDone(step, run, () => hostActivity<void>('restart.finish', step, RESTART_MINUTES)(task)),
    );
    throw failure;
  }
}

async function untilDone(step: PlannedStep, run: Run, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (failure) {
      const problem = problemOf(failure, step);
      run.show(step, { state: 'stuck', problem });
      const answer = await run.approvals.insist(step, {
        about: 'restart',
        offers: ['retry', 'skip'],
        interrupts: [],
        seen: [problem.message, problem.advice],
      });
      run.show(step, { state: 'restarting', problem: null });
      if (answer === 'skip') return;
    }
  }
}
