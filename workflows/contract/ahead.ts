/* Approvals that are given before the question is asked. */

import type { ChangeKind } from './change-control.ts';
import type { About } from './words.ts';

/** Approves what a run will ask: gates and restarts, of named steps or of named kinds, between two moments. */
export interface AheadRequest {
  readonly id: string;
  /** The plan that was looked at; it counts for no other. */
  readonly planHash: string;
  /** Keys of steps. */
  readonly steps: readonly string[];
  /** Counts for a question all of whose kinds of change are among these. */
  readonly kinds: readonly ChangeKind[];
  /** ISO 8601 with its zone; both ends included. */
  readonly from: string;
  readonly until: string;
  readonly by: string;
  readonly reason: string;
  /** Said by a program on its own account, which production refuses. */
  readonly automatic?: boolean;
}

/** Takes an approval ahead of time back; what it has let begin goes on. */
export interface AheadWithdrawal {
  readonly id: string;
  readonly by: string;
  readonly reason: string;
}

/** An approval ahead of time, and what came of it. */
export interface AheadApproval extends Omit<AheadRequest, 'automatic'> {
  /** ISO 8601 */
  readonly givenAt: string;
  readonly withdrawn: null | { readonly by: string; readonly reason: string; readonly at: string };
  /** The questions for which it counted; each is a decision too. */
  readonly uses: readonly {
    readonly questionId: string;
    readonly stepKey: string;
    readonly about: About;
    readonly at: string;
  }[];
}
