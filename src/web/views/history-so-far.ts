import type { RunSnapshot } from '../../../workflows/contract.ts';
import { afterEvent } from '../../../workflows/journal/changes.ts';
import type { RunEvent } from '../../../workflows/journal/event.ts';
import { historyOf, type Happening } from '../../present/history.ts';

interface SoFar {
  readonly events: readonly RunEvent[];
  readonly after: RunSnapshot | null;
  readonly happenings: readonly Happening[];
}

/** By the first event of a journal, which stays the same object for as long as anybody holds the journal. */
const known = new WeakMap<RunEvent, SoFar>();

/** As `historyOf`; a journal that has grown since it was told is told from there on, since a live page asks at each event. */
export function historySoFar(events: readonly RunEvent[]): readonly Happening[] {
  const [first] = events;
  if (first === undefined) return [];
  const kept = known.get(first);
  const before = kept && isOneJournal(kept.events, events) ? kept : NOTHING;
  if (before.events.length > events.length) return before.happenings.filter(({ n }) => n <= events.length);
  const fresh = events.slice(before.events.length);
  const happenings = [...before.happenings, ...historyOf(fresh, before.after)];
  const after = fresh.reduce<RunSnapshot | null>(afterEvent, before.after);
  known.set(first, { events, after, happenings });
  return happenings;
}

const NOTHING: SoFar = { events: [], after: null, happenings: [] };

/** Whether one of them only goes on where the other ends. */
function isOneJournal(one: readonly RunEvent[], other: readonly RunEvent[]): boolean {
  return one.every((event, at) => at >= other.length || event === other[at]);
}
