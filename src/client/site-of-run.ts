import { defaultPayloadConverter } from '@temporalio/common';
import { OperatorError } from '../../activities/failures.ts';
import type { Json, RunRequest } from '../../workflows/contract.ts';
import type { RunRef } from './find-run.ts';
import { failedWith, type ServerLink } from './server-link.ts';

/** The site file that a run was started with, from the first event of its history. */
export async function siteOfRun(link: ServerLink, run: RunRef): Promise<Json> {
  const [payload] = (await startOf(link, run))?.input?.payloads ?? [];
  if (payload) return defaultPayloadConverter.fromPayload<RunRequest>(payload).site;
  throw new OperatorError(
    `The server holds no site file of run ${run.runId}`,
    'Give the site file that it was started with: --site FILE',
  );
}

/** Null where the server has forgotten the run. */
async function startOf({ connection, namespace }: ServerLink, { workflowId, runId }: RunRef) {
  try {
    const { history } = await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
      connection.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      }),
    );
    return history?.events?.[0]?.workflowExecutionStartedEventAttributes ?? null;
  } catch (error) {
    if (failedWith(error, 'unknown')) return null;
    throw error;
  }
}

const PATIENCE_MS = 8_000;
