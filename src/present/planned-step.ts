import type { PlannedStep, PlannedUndo } from '../../workflows/contract.ts';
import { INTERRUPTED_WORDS } from './words.ts';

/** What to know of a step before it is performed. */
export function notesOn(step: PlannedStep): readonly string[] {
  return [
    ...(step.kind === 'check' ? ['looks only'] : []),
    ...(step.asks === 'never' ? [] : [step.asks === 'always' ? 'asks first' : 'may ask first']),
    ...(step.interrupts.length > 0
      ? [`interrupts ${step.interrupts.map((interrupted) => INTERRUPTED_WORDS[interrupted]).join(', ')}`]
      : []),
    ...(step.undo.kind === 'kept' && step.kind === 'change' ? ['cannot be undone'] : []),
    ...(step.undo.kind === 'asks' ? ['undo asks'] : []),
  ];
}

/** How a step is taken back, and what stays then. */
export function undoInWords(undo: PlannedUndo): readonly string[] {
  const left = undo.residue.map((what) => `Stays: ${what}`);
  if (undo.kind === 'kept') return [`None. ${undo.reason}`, ...left];
  return [
    undo.kind === 'auto' ? 'By itself, when the run is undone.' : 'When the run is undone, after asking.',
    ...left,
  ];
}
