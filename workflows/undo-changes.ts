import { CancellationScope } from '@temporalio/workflow';
import type { Memory } from './memory.ts';
import { problemOf } from './problem.ts';
import type { Run } from './run.ts';
import { activitiesFor, taskOf } from './step-activities.ts';
import { toldBy } from './told-by.ts';
import { wayBack } from './undo-forecast.ts';
import { untilUndoMayBegin } from './windows.ts';

/**
 * Takes back what this run changed or tried to change, last change first, shielded from cancellation.
 * What has no undo is kept and says why; an undo that fails asks, and never vanishes.
 */
export async function undoChanges(run: Run): Promise<void> {
  run.enter('undoing');
  await CancellationScope.nonCancellable(async () => {
    for (const memory of run.memories.toReversed()) await undoChange(memory, run);
  });
}

async function undoChange(memory: Memory, run: Run): Promise<void> {
  const { step } = memory;
  const { what, reason } = wayBack(step.undo, run.memories);
  if (what === 'kept') return keep(memory, run, reason);
  if (what === 'asked about' && !(await agrees(memory, run))) {
    return keep(memory, run, 'Its undo was declined.');
  }
  for (;;) {
    try {
      await untilUndoMayBegin(step, run);
      run.show(step, { state: 'applying', problem: null });
      const task = taskOf(step, run, memory.before);
      const after = await run.hosts.hold(step.holds, () => activitiesFor(step).undo(task));
      return run.show(step, { state: 'undone', shortfall: [], ...(after && toldBy(after, run.plan.steps)) });
    } catch (failure) {
      const problem = problemOf(failure, step);
      run.show(step, { state: 'stuck', problem });
      const answer = await run.approvals.insist(step, {
        about: 'undo',
        offers: ['retry', 'skip'],
        interrupts: step.interrupts,
        seen: [problem.message, problem.advice],
      });
      if (answer === 'skip') return keep(memory, run, `Its undo failed and was given up: ${problem.message}`);
    }
  }
}

async function agrees({ step }: Memory, run: Run): Promise<boolean> {
  run.show(step, { state: 'asking' });
  const answer = await run.approvals.insist(step, {
    about: 'undo',
    offers: ['approve', 'reject'],
    interrupts: step.interrupts,
    kinds: step.kinds,
    seen: [
      `Take back "${step.title}" on ${step.host}?`,
      ...step.undo.residue.map((left) => `Stays: ${left}`),
    ],
  });
  return answer === 'approve';
}

function keep({ step }: Memory, run: Run, reason: string): void {
  run.show(step, { state: 'kept', problem: null, shortfall: [reason] });
}
