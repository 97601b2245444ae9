import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/workflow';
import { FAILURE_TYPES, type Look, type PlannedStep, type Problem } from './contract.ts';

/**
 * Says in words for a person why an activity of a step gave up.
 *
 * A failure that ended by time-out carries the last real failure further down its chain of causes, so the
 * chain is walked to its end before the time-out itself is blamed.
 */
export function problemOf(failure: unknown, step: PlannedStep): Problem {
  if (failure instanceof Halt) return failure.problem;
  const chain = causes(failure);
  const application = chain.find((cause) => cause instanceof ApplicationFailure);
  if (application) return applicationProblem(application);

  const timeout = chain.find((cause) => cause instanceof TimeoutFailure);
  if (timeout?.timeoutType === 'SCHEDULE_TO_START') return nobodyServes(step);
  if (timeout) return noAnswer(step);

  return {
    kind: 'bug',
    message: `Nobody thought of this: ${chain.map((cause) => cause.message).join(': ')}`,
    advice: 'Please report it with the run id; retry once the cause is understood.',
  };
}

/** A step halts by the runbook's own rule, not by a failure of its activities. */
export class Halt extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A check found something that a person must put right. */
export function missing(look: Look): Halt {
  const advice = look.advice ?? 'Put it right, then retry.';
  return new Halt({ kind: 'operator', message: look.shortfall.join('; '), advice });
}

/** Nobody serves the queue of the step. */
export function isUnserved(failure: unknown): boolean {
  return causes(failure).some(
    (cause) => cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START',
  );
}

export function wasCancelled(failure: unknown): boolean {
  return causes(failure).some((cause) => cause instanceof CancelledFailure);
}

function applicationProblem(failure: ApplicationFailure): Problem {
  const [advice] = failure.details ?? [];
  const told = typeof advice === 'string' ? advice : null;
  if (failure.type === FAILURE_TYPES.operator) {
    return { kind: 'operator', message: failure.message, advice: told ?? 'Remove the cause, then retry.' };
  }
  if (failure.type === FAILURE_TYPES.transient) {
    return {
      kind: 'transient',
      message: failure.message,
      advice: told ?? 'It did not pass in the time allowed: look into it, then retry.',
    };
  }
  return {
    kind: 'bug',
    message: failure.message,
    advice: told ?? 'Please report it with the run id; retry once the cause is understood.',
  };
}

function nobodyServes(step: PlannedStep): Problem {
  const host = step.queue.replace(/^host:/, '');
  return {
    kind: 'operator',
    message: `No agent serves ${step.queue}, so nothing can be done on ${host}`,
    advice: `Start it with "ssis-ha worker --host ${host}", then retry.`,
  };
}

function noAnswer(step: PlannedStep): Problem {
  return {
    kind: 'transient',
    message: `No answer came from ${step.queue.replace(/^host:/, '')} in the time allowed; the change may or may not have happened`,
    advice: 'Look at the host and its agent, then retry: the step looks before it changes anything.',
  };
}

function causes(failure: unknown): Error[] {
  const chain: Error[] = [];
  let next: unknown = failure;
  while (next instanceof Error && chain.length < 20) {
    chain.push(next);
    next = next.cause;
  }
  return chain.filter((cause) => !(cause instanceof ActivityFailure));
}
