import {
  ActivityCancellationType,
  proxyActivities,
  type ActivityOptions,
  type RetryPolicy,
} from '@temporalio/workflow';
import { FAILURE_TYPES, type Json, type Look, type PlannedStep, type StepTask } from './contract.ts';
import type { Run } from './run.ts';

const HEARTBEAT_TIMEOUT = '5s';
/** An agent that starts again after its host's restart takes its time; a host without one is a question. */
const PATIENCE_FOR_AN_AGENT = '5m';
/** Seeing costs little, and the world often needs only a moment; a person watches the later tries. */
const RETRY = {
  initialInterval: '200ms',
  backoffCoefficient: 1.6,
  maximumInterval: '15s',
  nonRetryableErrorTypes: [FAILURE_TYPES.operator, FAILURE_TYPES.bug],
} satisfies RetryPolicy;
const LOOK_MINUTES = 10;
/** One look takes seconds: what hangs this long is asked anew. */
const ONE_LOOK_MINUTES = 1;

type StepActivity<Result> = (task: StepTask) => Promise<Result>;

/** The activities of one step, each with the queue, patience and retries that the plan gives it. */
export interface StepActivities {
  readonly probe: StepActivity<Look>;
  /** Answers what was seen after the change, or null where nothing could be seen yet. */
  readonly apply: StepActivity<Look | null>;
  readonly settle: StepActivity<Look>;
  /** Answers what was seen afterwards; null, or nothing by an older build, where nothing could be seen. */
  readonly undo: StepActivity<Look | null | undefined>;
}

export function activitiesFor(step: PlannedStep): StepActivities {
  const { applyMinutes, settleMinutes } = step.patience;
  const look = optionsOf(step, 'look', LOOK_MINUTES);
  const change = optionsOf(step, 'change', applyMinutes);
  return {
    probe: activity<Look>(`${step.id}.probe`, look),
    apply: activity<Look | null>(`${step.id}.apply`, change),
    settle: activity<Look>(`${step.id}.settle`, optionsOf(step, 'look', settleMinutes)),
    undo: activity<Look | null | undefined>(`${step.id}.undo`, change),
  };
}

/** As `activitiesFor`, for a rehearsal: it waits for nothing. */
export function rehearsingProbe(step: PlannedStep): StepActivity<Look> {
  return activity<Look>(`${step.id}.probe`, {
    ...optionsOf(step, 'look', LOOK_MINUTES),
    scheduleToStartTimeout: '20s',
    retry: { maximumAttempts: 1 },
  });
}

/** Any activity by its name, on the step's queue and under the step's name; its host may be restarting. */
export function hostActivity<Result>(
  name: string,
  step: PlannedStep,
  minutes: number,
  kind: 'look' | 'change' = 'change',
): StepActivity<Result> {
  return activity<Result>(name, {
    ...optionsOf(step, kind, minutes),
    scheduleToStartTimeout: `${minutes}m`,
  });
}

export function taskOf(step: PlannedStep, run: Run, before: Json = null): StepTask {
  return {
    key: step.key,
    host: step.host,
    build: run.plan.build,
    access: run.plan.access,
    input: step.input,
    tries: run.stateOf(step.key).tries,
    fenced: run.memoryOf(step) !== null,
    before,
  };
}

/** A look is abandoned at once when the run is to end; a change is never abandoned. */
function optionsOf(step: PlannedStep, kind: 'look' | 'change', minutes: number): ActivityOptions {
  return {
    taskQueue: step.queue,
    summary: `${step.title} (${step.host})`,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    startToCloseTimeout: `${kind === 'look' ? Math.min(minutes, ONE_LOOK_MINUTES) : minutes}m`,
    scheduleToStartTimeout: PATIENCE_FOR_AN_AGENT,
    scheduleToCloseTimeout: `${minutes + 5}m`,
    cancellationType:
      kind === 'look'
        ? ActivityCancellationType.TRY_CANCEL
        : ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: RETRY,
  };
}

function activity<Result>(name: string, options: ActivityOptions): StepActivity<Result> {
  const proxy = proxyActivities<Record<string, StepActivity<Result>>>(options)[name];
  if (!proxy) throw new RangeError(`No activity ${name}`);
  return proxy;
}
