import type { WorkflowHandle } from '@temporalio/client';

export interface TimedEvent {
  readonly type: 'scheduled' | 'completed' | 'other';
  /** Activity type; empty for other events. */
  readonly activity: string;
  readonly atMs: number;
}

/** A history with the activity's name at both its ends, and times in milliseconds. */
export async function eventsOf(run: WorkflowHandle): Promise<TimedEvent[]> {
  const { events } = await run.fetchHistory();
  const names = new Map<number, string>();
  return (events ?? []).map((event) => {
    const atMs = Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6;
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      names.set(Number(event.eventId), scheduled.activityType?.name ?? '');
      return { type: 'scheduled', activity: scheduled.activityType?.name ?? '', atMs };
    }
    const completed = event.activityTaskCompletedEventAttributes;
    if (!completed) return { type: 'other', activity: '', atMs };
    return { type: 'completed', activity: names.get(Number(completed.scheduledEventId)) ?? '', atMs };
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
