import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import {
  CONTROL_QUEUE,
  WORKFLOW_TYPE,
  type Json,
  type Mode,
  type RunRequest,
} from '../../workflows/contract.ts';
import { describeRun, workflowIdOf, type RunRef } from './find-run.ts';
import type { ServerLink } from './server-link.ts';

export interface StartWish {
  /** Name of the site. */
  readonly site: string;
  readonly request: Json;
  readonly mode: Mode;
  readonly by: string;
}

/**
 * A worker that dies in the middle of a decision of the workflow holds the run up for this long; the
 * decisions themselves take milliseconds.
 */
const WORKFLOW_TASK_TIMEOUT = '2s';

/** Starts a run. One run a site at a time: a second one is refused with an OperatorError that names the first. */
export async function startRun(link: ServerLink, { site, request, mode, by }: StartWish): Promise<RunRef> {
  const workflowId = workflowIdOf(site, mode);
  const argument: RunRequest = { site: request, mode, startedBy: by };
  try {
    const handle = await link.ask((client) =>
      client.workflow.start(WORKFLOW_TYPE, {
        workflowId,
        taskQueue: CONTROL_QUEUE,
        args: [argument],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        memo: { startedBy: by, mode },
        staticSummary: mode === 'rehearse' ? `Rehearsal of ${site}` : `SSIS Scale Out of ${site}`,
      }),
    );
    return { workflowId, runId: handle.firstExecutionRunId };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw await refusal(link, workflowId, site);
    throw error;
  }
}

async function refusal(link: ServerLink, workflowId: string, site: string): Promise<OperatorError> {
  const first = await describeRun(link, { workflowId });
  const starter = first?.memo?.['startedBy'];
  const by = typeof starter === 'string' ? ` by ${starter}` : '';
  const since = first ? `, started${by} at ${first.startTime.toISOString()}` : '';
  return new OperatorError(
    `${workflowId} goes on already: run ${first?.runId ?? 'unknown'}${since}`,
    `Follow it with "ssis-ha watch ${site}", or end it with "ssis-ha stop --run ${site}"`,
  );
}
