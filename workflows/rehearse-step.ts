import type { PlannedStep } from './contract.ts';
import type { Ending } from './in-order.ts';
import { problemOf } from './problem.ts';
import type { Run } from './run.ts';
import { rehearsingProbe, taskOf } from './step-activities.ts';

/**
 * Says what a step would change. Asks nothing, changes nothing and waits for nothing: what cannot be seen
 * while an earlier step is missing is said to need that step.
 */
export async function rehearseStep(step: PlannedStep, run: Run): Promise<Ending> {
  if (run.verdict !== null) return 'not-done';
  const needed = step.after.find((key) => run.stateOf(key).state !== 'in-place');
  run.show(step, { state: 'probing', tries: 1 });
  try {
    const look = await run.hosts.hold(step.holds, () =>
      run.unlessEnded(() => rehearsingProbe(step)(taskOf(step, run))),
    );
    const isInPlace = look.shortfall.length === 0;
    run.show(step, { state: isInPlace ? 'in-place' : 'pending', shortfall: look.shortfall });
  } catch (failure) {
    if (needed === undefined) run.show(step, { state: 'stuck', problem: problemOf(failure, step) });
    else run.show(step, { state: 'pending', shortfall: [`cannot be seen yet: needs ${needed}`] });
  }
  return 'done';
}
