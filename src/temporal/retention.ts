import type { Connection } from '@temporalio/client';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Sees to it that a namespace keeps closed runs for as many days. Changes nothing when it does already.
 *
 * Source: Temporal CLI 1.8.2: `server start-dev` makes its namespace with a retention of 24 hours, too short for a
 * run that somebody wants to look at after the weekend.
 */
export async function keepClosedRuns(connection: Connection, namespace: string, days: number): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  if (optionalTsToMs(config?.workflowExecutionRetentionTtl) === days * DAY_MS) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(days * DAY_MS) },
  });
}
