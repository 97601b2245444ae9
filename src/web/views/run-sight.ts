import type { Lengths } from '../../client/lengths.ts';
import type { ShownPlan } from '../../client/shown-plan.ts';
import type { ShownRun } from '../../client/shown-run.ts';

/**
 * All that the views of a run show. They are pure functions of it, and know nothing of servers, files or the
 * document, since the report shows them too.
 */
export interface RunSight {
  readonly run: ShownRun;
  /** Null while the plan is being made. */
  readonly plan: ShownPlan | null;
  readonly lengths: Lengths;
  /** The moment that is shown, in milliseconds. */
  readonly nowMs: number;
}
