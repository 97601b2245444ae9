import type { RunState } from '../../workflows/contract.ts';

/** What the shell learns of a run's state. */
export const EXIT_CODES: Readonly<Record<RunState, number>> = {
  planning: 0,
  running: 0,
  undoing: 0,
  done: 0,
  rehearsed: 0,
  failed: 1,
  stopped: 1,
  waiting: 3,
  undone: 4,
};

export const FAILED = 1;
export const MISUSED = 2;
/** Somebody has to do something before more can be said. */
export const UNKNOWN = 3;
