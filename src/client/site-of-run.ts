import { defaultPayloadConverter } from '@temporalio/common';
import { OperatorError } from '../../activities/failures.ts';
import type { Json, RunRequest } from '../../workflows/contract.ts';
import type { RunRef } from './find-run.ts';
import type { ServerLink } from './server-link.ts';

/** The site file that a run was started with, from the first event of its history. */
export async function siteOfRun({ connection, namespace }: ServerLink, run: RunRef): Promise<Json> {
  const { history } = await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
    connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId: run.workflowId, runId: run.runId },
      maximumPageSize: 1,
    }),
  );
  const [payload] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  if (payload) return defaultPayloadConverter.fromPayload<RunRequest>(payload).site;
  throw new OperatorError(
    `The server holds no site file of run ${run.runId}`,
    'Give the site file that it was started with: --site FILE',
  );
}

const PATIENCE_MS = 8_000;
