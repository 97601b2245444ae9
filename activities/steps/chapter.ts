import type { Step } from '../step.ts';

/** A chapter of the written procedure; chapters 0 and 10 stand around it. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
  /** In the order in which a reader, and the plan, goes through them. */
  readonly steps: readonly Step[];
}
