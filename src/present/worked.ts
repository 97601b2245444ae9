import { isMoving, type StepState } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';

/**
 * For how many milliseconds each step has been at work, by its key, up to the last of the events: what it
 * waited for people, windows or after a failure does not count.
 */
export function workedMs(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const worked = new Map<string, number>();
  const movingSince = new Map<string, number>();
  for (const { at, steps = [] } of events) {
    for (const { key, state } of steps) {
      if (state !== undefined) turn({ key, state, atMs: Date.parse(at) }, movingSince, worked);
    }
  }
  return worked;
}

interface Turn {
  readonly key: string;
  readonly state: StepState;
  readonly atMs: number;
}

function turn(
  { key, state, atMs }: Turn,
  movingSince: Map<string, number>,
  worked: Map<string, number>,
): void {
  const since = movingSince.get(key);
  if (since !== undefined) worked.set(key, (worked.get(key) ?? 0) + atMs - since);
  if (isMoving({ state })) movingSince.set(key, atMs);
  else movingSince.delete(key);
}
