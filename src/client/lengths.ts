import type { RunSnapshot } from '../../workflows/contract.ts';
import type { RunRecords } from '../run-record.ts';

/** How long changes took in earlier runs, by the id of their step. */
export type Lengths = Readonly<Record<string, Length>>;

export interface Length {
  readonly averageMs: number;
  /** How many changes the average is of. */
  readonly count: number;
}

/** What the folder's records tell of the lengths of changes; a run that still goes on counts for nothing. */
export async function lengthsIn(records: RunRecords): Promise<Lengths> {
  return lengthsOf((await records.list()).filter(({ endedAt }) => endedAt !== null));
}

/** Averages over every step that changed something; one that was in place took no time worth knowing. */
export function lengthsOf(runs: readonly RunSnapshot[]): Lengths {
  const took = new Map<string, number[]>();
  for (const { id, state, startedAt, endedAt } of runs.flatMap(({ steps }) => steps)) {
    if (state !== 'changed' || startedAt === null || endedAt === null) continue;
    took.set(id, [...(took.get(id) ?? []), Date.parse(endedAt) - Date.parse(startedAt)]);
  }
  return Object.fromEntries(
    [...took].map(([id, all]) => [
      id,
      { averageMs: all.reduce((sum, ms) => sum + ms, 0) / all.length, count: all.length },
    ]),
  );
}
