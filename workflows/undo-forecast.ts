import type { UndoForecast } from './contract.ts';
import type { Memory } from './memory.ts';

/** What an undo begun now would do, last change first. */
export function forecastUndo(memories: readonly Memory[]): UndoForecast {
  const steps = memories.toReversed().map(({ step }) => ({
    key: step.key,
    title: step.title,
    what: WHAT[step.undo.kind],
    reason: step.undo.kind === 'kept' ? step.undo.reason : null,
    residue: step.undo.residue,
  }));
  return { steps };
}

const WHAT = { auto: 'undone', asks: 'asked about', kept: 'kept' } as const;
