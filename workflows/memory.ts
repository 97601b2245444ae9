import type { Json, PlannedStep } from './contract.ts';

/** What is remembered of a step before it changes something, for its undo. */
export interface Memory {
  readonly step: PlannedStep;
  readonly before: Json;
}
