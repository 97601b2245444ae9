import { isSettled, type UndoForecast } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import type { Lengths } from '../client/lengths.ts';
import type { ShownRun } from '../client/shown-run.ts';
import { counted, duration } from './measures.ts';
import { stretchesOf, workedMs } from './stretches.ts';

/** What is known of a run beside what its undo would do. */
export interface UndoSight {
  readonly run: ShownRun;
  readonly events: readonly RunEvent[];
  readonly lengths: Lengths;
  readonly nowMs: number;
}

/** How much an undo begun now would do, and how long that takes at most. */
export function undoExtent({ steps }: UndoForecast, sight: UndoSight): string {
  const count = (meant: UndoForecast['steps'][number]['what']) =>
    steps.filter(({ what }) => what === meant).length;
  const counts = `${count('undone')} taken back, ${count('asked about')} asked about first, ${count('kept')} kept`;
  return `${counted(steps.length, 'step')}, last change first: ${counts}. ${lengthInWords(steps, sight)}`;
}

/** Nobody measured how long an undo takes; the changes are the best measure there is. */
function lengthInWords(steps: UndoForecast['steps'], sight: UndoSight): string {
  const changed = steps.filter(({ what }) => what !== 'kept');
  if (changed.length === 0) return 'Nothing of it takes time.';
  const took = lengthsOfChanges(changed, sight);
  if (took.includes(null)) return 'How long the changes took is not known.';
  const sum = took.reduce((total: number, ms) => total + (ms ?? 0), 0);
  return `The changes took ${duration(0, sum)}; taking them back should not take longer, but for answers that are waited for.`;
}

/** Worked time of each; a change under way counts as long as it takes on average. Null where nobody knows. */
function lengthsOfChanges(
  changed: UndoForecast['steps'],
  { run, events, lengths, nowMs }: UndoSight,
): readonly (number | null)[] {
  // Where no journal was kept, nobody knows how much of its time a step waited.
  const worked = events.length === 0 ? null : workedMs(stretchesOf(events, run, nowMs));
  return changed.map(({ key }) => {
    const step = run.steps.find((candidate) => candidate.key === key);
    const average = step && lengths[step.id]?.averageMs;
    const ms = worked?.get(key);
    if (ms === undefined) return average ?? null;
    return step && !isSettled(step) ? Math.max(ms, average ?? 0) : ms;
  });
}
