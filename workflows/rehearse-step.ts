import type { Look, PlannedStep, StepSnapshot } from './contract.ts';
import type { Ending } from './in-order.ts';
import { isUnserved, missing, problemOf } from './problem.ts';
import type { Run } from './run.ts';
import { rehearsingProbe, taskOf } from './step-activities.ts';
import { toldBy } from './told-by.ts';

/**
 * Says what a step would change. Asks nothing, changes nothing and waits for nothing: what cannot be seen
 * while an earlier step is missing is said to need that step.
 */
export async function rehearseStep(step: PlannedStep, run: Run): Promise<Ending> {
  if (run.verdict !== null) return 'not-done';
  const needed = step.after.find((key) => hides(key, run));
  const unserved = run.unserved.get(step.queue);
  if (unserved) {
    run.show(step, { state: 'stuck', problem: unserved, tries: 1 });
    return 'done';
  }
  run.show(step, { state: 'probing', tries: 1 });
  try {
    const look = await run.hosts.hold(step.holds, () =>
      run.unlessEnded(() => rehearsingProbe(step)(taskOf(step, run))),
    );
    run.show(step, { ...found(step, look, needed), ...toldBy(look, run.plan.steps) });
  } catch (failure) {
    // Nobody will come for the next one either: a host without an agent is waited for once.
    if (isUnserved(failure)) run.unserved.set(step.queue, problemOf(failure, step));
    run.show(
      step,
      needed === undefined ? { state: 'stuck', problem: problemOf(failure, step) } : unseen(needed),
    );
  }
  return 'done';
}

/** A check that found something hides nothing: all findings are told at once. */
function hides(key: string, run: Run): boolean {
  const { state } = run.stateOf(key);
  return state !== 'in-place' && (state !== 'stuck' || run.isChange(key));
}

/** What a check misses is a finding, unless an earlier step will have put it right by then. */
function found(step: PlannedStep, look: Look, needed: string | undefined): Partial<StepSnapshot> {
  const { shortfall } = look;
  if (shortfall.length === 0) return { state: 'in-place', shortfall };
  if (step.kind === 'change') return { state: 'pending', shortfall };
  if (needed !== undefined) return unseen(needed);
  return { state: 'stuck', shortfall, problem: missing(look).problem };
}

function unseen(needed: string): Partial<StepSnapshot> {
  return { state: 'pending', shortfall: [`cannot be seen yet: needs ${needed}`] };
}
