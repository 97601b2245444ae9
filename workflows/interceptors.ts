import type { ActivateInput, Next, WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { ASK_AGAIN } from './contract.ts';

/** How the SDK calls a query that came by itself, and not with a task of the workflow. */
const ALONE = 'legacy_query';

/**
 * Refuses a query that would spoil the run. Where a worker died in the middle of a decision, the next one may be handed
 * a query before the decision: the SDK then lets the run decide on the events up to there for that query, and on those
 * that came since for the decision. A replay gets all of them at once and may decide in another order: no worker could
 * ever carry the run on [tried, SDK 1.24]. What fails here is the query alone; the worker forgets what it made of the
 * run and reads it anew. Whoever asks again gets an answer.
 */
class QueryBeforeDecision implements WorkflowInternalsInterceptor {
  private isTakenOver: boolean | null = null;
  /** How long the history was at each decision of this worker on this run. */
  private readonly decidedAt = new Set<number>();

  activate(input: ActivateInput, next: Next<WorkflowInternalsInterceptor, 'activate'>): void {
    const { jobs, isReplaying, historyLength } = input.activation;
    const query = jobs?.find(({ queryWorkflow }) => queryWorkflow)?.queryWorkflow;
    if (query?.queryId === ALONE) this.refuseWhereItSpoils();
    // One that comes with a task of the workflow: what was decided before it was the server's own decision.
    else if (query) this.isTakenOver = false;
    else {
      this.isTakenOver ??= isReplaying === true;
      if (isReplaying !== true) this.decidedAt.add(historyLength ?? 0);
    }
    next(input);
  }

  /** The first decision is known to be the server's own once there was a second one. */
  private refuseWhereItSpoils(): void {
    if (this.isTakenOver !== true || this.decidedAt.size !== 1) return;
    throw new Error(ASK_AGAIN);
  }
}

export const interceptors = () => ({ internals: [new QueryBeforeDecision()] });
