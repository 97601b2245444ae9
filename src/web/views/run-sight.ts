import type { RunEvent } from '../../../workflows/journal/event.ts';
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
  /** What happened up to the moment that is shown; empty for views that read the snapshot alone. */
  readonly events: readonly RunEvent[];
  /** The moment that is shown, in milliseconds. */
  readonly nowMs: number;
  /** Who does not answer, so that the run may be another by now; null or left out: nobody. */
  readonly silence?: string | null;
  /** What alone is to be told of the history; left out: all. */
  readonly only?: 'decisions';
}
