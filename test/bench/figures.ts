import type { WorkflowHandle } from '@temporalio/client';

export interface TimedEvent {
  readonly type: 'scheduled' | 'completed' | 'other';
  /** Activity type; empty for other events. */
  readonly activity: string;
  readonly queue: string;
  readonly atMs: number;
}

/** A history with the activity's name and queue at both its ends, and times in milliseconds. */
export async function eventsOf(run: WorkflowHandle): Promise<TimedEvent[]> {
  const { events } = await run.fetchHistory();
  const scheduledAs = new Map<number, { readonly activity: string; readonly queue: string }>();
  return (events ?? []).map((event) => {
    const atMs = Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6;
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      const task = { activity: scheduled.activityType?.name ?? '', queue: scheduled.taskQueue?.name ?? '' };
      scheduledAs.set(Number(event.eventId), task);
      return { type: 'scheduled', ...task, atMs };
    }
    const completed = event.activityTaskCompletedEventAttributes;
    const task = scheduledAs.get(Number(completed?.scheduledEventId));
    return task ? { type: 'completed', ...task, atMs } : { type: 'other', activity: '', queue: '', atMs };
  });
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function ninetyFifth(values: readonly number[]): number {
  return percentile(values, 0.95);
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
