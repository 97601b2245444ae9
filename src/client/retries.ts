import { hostQueue, isMoving, type StepSnapshot } from '../../workflows/contract.ts';
import type { Waiting } from './shown-run.ts';

/** What the server tells of an activity that is not over. Source: Temporal API, `PendingActivityInfo`. */
export interface PendingActivity {
  readonly activityType?: { readonly name?: string | null } | null;
  readonly activityOptions?: { readonly taskQueue?: { readonly name?: string | null } | null } | null;
  readonly attempt?: number | null;
  readonly lastFailure?: {
    readonly message?: string | null;
    readonly timeoutFailureInfo?: { readonly timeoutType?: number | string | null } | null;
  } | null;
  readonly nextAttemptScheduleTime?: Instant | null;
}

interface Instant {
  readonly seconds?: number | string | { toString(): string } | null;
  readonly nanos?: number | null;
}

/**
 * The steps that are being tried again, by key. A host does one step at a time, so the activity's type and
 * queue name the step that it belongs to.
 */
export function retriesOf(
  pending: readonly PendingActivity[],
  steps: readonly StepSnapshot[],
): ReadonlyMap<string, Waiting> {
  const retries = new Map<string, Waiting>();
  for (const activity of pending) {
    const attempt = activity.attempt ?? 1;
    const step = attempt > 1 ? stepOf(activity, steps) : undefined;
    if (!step) continue;
    retries.set(step.key, { attempt, message: lastWords(activity, step), nextAt: nextAt(activity) });
  }
  return retries;
}

function stepOf(activity: PendingActivity, steps: readonly StepSnapshot[]): StepSnapshot | undefined {
  const id = activity.activityType?.name?.split('.')[0];
  const queue = activity.activityOptions?.taskQueue?.name;
  const onHost = queue ? steps.filter((step) => hostQueue(step.host) === queue) : steps;
  const named = onHost.filter((step) => step.id === id);
  const moving = (named.length > 0 ? named : onHost).filter(isMoving);
  return moving[0] ?? (named.length === 1 ? named[0] : undefined);
}

/** Source: Temporal API, `TimeoutType`: START_TO_CLOSE 1, SCHEDULE_TO_START 3, HEARTBEAT 4. */
function lastWords({ lastFailure }: PendingActivity, { host }: StepSnapshot): string {
  const timeout = lastFailure?.timeoutFailureInfo?.timeoutType;
  if (timeout === 4) return `The agent of ${host} fell silent.`;
  if (timeout === 1) return `It took longer on ${host} than the step allows.`;
  return lastFailure?.message || `The try before on ${host} ended without a word.`;
}

function nextAt({ nextAttemptScheduleTime: instant }: PendingActivity): string | null {
  if (!instant) return null;
  const milliseconds = Number(String(instant.seconds ?? 0)) * 1000 + (instant.nanos ?? 0) / 1e6;
  return milliseconds > 0 ? new Date(milliseconds).toISOString() : null;
}
