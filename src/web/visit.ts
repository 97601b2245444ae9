import type { Visitor } from './visitor.ts';

/** What a route finds in its context. */
export interface Visit {
  readonly Variables: { visitor: Visitor };
}
