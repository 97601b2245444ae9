import type { Visitor } from './visitor.ts';

/** What a route finds in its context. */
export interface Visit {
  readonly Variables: { visitor: Visitor };
  readonly Bindings: {
    /** From where the request comes: an IP address, or the network of one. */
    readonly visitorAddress?: string;
  };
}
