import type { Look, PlannedStep, Problem, StepState } from './contract.ts';
import type { Ending } from './in-order.ts';
import { missing, problemOf } from './problem.ts';
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
    run.show(step, { shortfall: look.shortfall, ...found(step, look, needed) });
  } catch (failure) {
    if (needed === undefined) run.show(step, { state: 'stuck', problem: problemOf(failure, step) });
    else run.show(step, { state: 'pending', shortfall: [`cannot be seen yet: needs ${needed}`] });
  }
  return 'done';
}

/** What a check misses is a finding, unless an earlier step will have put it right by then. */
function found(
  step: PlannedStep,
  look: Look,
  needed: string | undefined,
): { readonly state: StepState; readonly problem: Problem | null } {
  if (look.shortfall.length === 0) return { state: 'in-place', problem: null };
  if (step.kind === 'check' && needed === undefined)
    return { state: 'stuck', problem: missing(look).problem };
  return { state: 'pending', problem: null };
}
