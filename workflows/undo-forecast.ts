import type { PlannedUndo, UndoForecast } from './contract.ts';
import type { Memory } from './memory.ts';

/** What an undo begun now would do, last change first. */
export function forecastUndo(memories: readonly Memory[]): UndoForecast {
  const steps = memories.toReversed().map(({ step }) => ({
    key: step.key,
    title: step.title,
    ...wayBack(step.undo, memories),
    residue: step.undo.residue,
  }));
  return { steps };
}

type WayBack =
  | { readonly what: 'undone' | 'asked about'; readonly reason: null }
  | { readonly what: 'kept'; readonly reason: string };

/** What becomes of a change, given all that the run remembers. */
export function wayBack(undo: PlannedUndo, memories: readonly Memory[]): WayBack {
  if (undo.kind === 'kept') return { what: 'kept', reason: undo.reason };
  const { keptWith } = undo;
  if (keptWith && memories.some(({ step }) => step.key === keptWith.key)) {
    return { what: 'kept', reason: keptWith.reason };
  }
  return { what: undo.kind === 'asks' ? 'asked about' : 'undone', reason: null };
}
