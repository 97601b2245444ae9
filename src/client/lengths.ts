import { stretchesOf, workedMs } from '../present/stretches.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';

/** How long changes took in earlier runs, by the id of their step; what they waited for people is left out. */
export type Lengths = Readonly<Record<string, Length>>;

export interface Length {
  readonly averageMs: number;
  /** How many changes the average is of. */
  readonly count: number;
}

/** Of the records, what this needs: a page in a browser knows lengths, and no files. */
interface Records {
  readonly list: () => Promise<readonly RunSnapshot[]>;
  readonly events: (runId: string) => Promise<readonly RunEvent[]>;
}

/** Older runs tell of older machines. */
const RUNS_COUNTED = 20;

/**
 * What the folder's records tell of the lengths of changes in runs that had ended before a moment (ISO 8601), by
 * now without it. A run that still goes on counts for nothing, and so does a step that was in place.
 */
export async function lengthsIn(records: Records, before?: string): Promise<Lengths> {
  const ended = (await records.list()).filter(
    ({ mode, endedAt }) =>
      mode === 'perform' && endedAt !== null && (before === undefined || endedAt <= before),
  );
  const took = new Map<string, number[]>();
  for (const run of ended.slice(0, RUNS_COUNTED)) {
    const events = await records.events(run.runId);
    // Where no journal was kept, nobody knows how much of its time a step waited.
    if (events.length === 0) continue;
    const worked = workedMs(stretchesOf(events, run, Date.parse(run.endedAt ?? '')));
    for (const { key, id, state } of run.steps) {
      const ms = worked.get(key);
      if (state === 'changed' && ms !== undefined) took.set(id, [...(took.get(id) ?? []), ms]);
    }
  }
  return Object.fromEntries([...took].map(([id, all]) => [id, { averageMs: mean(all), count: all.length }]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
