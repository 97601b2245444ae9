import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { OperatorError } from '../../activities/failures.ts';
import { packageRoot } from '../package-root.ts';
import { connect } from './connection.ts';
import type { ConnectOptions, ServerConnection } from './connection.ts';
import { judgeHandOver } from './hand-over-judgement.ts';
import type { HandOver } from './hand-over-judgement.ts';
import { reasonOf } from './reason.ts';
import { connectWorker } from './worker-connection.ts';
import type { WorkerConnection } from './worker-connection.ts';

/** More than the 20 reads that a server saves up, with two of them for each activity. */
const ACTIVITIES = 30;
const PATIENCE = '2 minutes';

export interface HandOverOptions extends ConnectOptions {
  /** `hand-over-workflow.ts`, built beforehand; it is built here when not given, in some two seconds. */
  readonly workflow?: WorkflowBundleOption;
}

/**
 * Measures how long the server takes to hand activities to a worker, and says whether settings are missing there.
 * For this it runs a worker of its own in this process, on a queue of its own, for a second to five. The run stays
 * among the closed runs of the namespace as `ssis-ha/hand-over/…` until its retention ends.
 *
 * Throws an `OperatorError` when the server cannot be reached or does not finish in two minutes.
 */
export async function measureHandOver(options: HandOverOptions): Promise<HandOver> {
  const client = await connect(options);
  try {
    const server = await connectWorker(options);
    try {
      return judgeHandOver(await stepsOf({ client, server, workflow: options.workflow ?? (await build()) }));
    } finally {
      await server.close();
    }
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      `The hand-over to workers could not be measured at ${client.address}: ${reasonOf(error)}`,
      'Look at the health and the load of the server, then ask again.',
    );
  } finally {
    await client.close();
  }
}

interface Measuring {
  readonly client: ServerConnection;
  readonly server: WorkerConnection;
  readonly workflow: WorkflowBundleOption;
}

/** Milliseconds from the start of each activity to the start of the next. */
async function stepsOf({ client, server, workflow }: Measuring): Promise<readonly number[]> {
  const taskQueue = `ssis-ha/hand-over/${randomUUID()}`;
  const stepsMs: number[] = [];
  let previousMs: number | null = null;
  const noteTime = async (): Promise<void> => {
    const nowMs = performance.now();
    if (previousMs !== null) stepsMs.push(nowMs - previousMs);
    previousMs = nowMs;
  };
  const worker = await Worker.create({
    connection: server.connection,
    namespace: server.namespace,
    taskQueue,
    workflowBundle: workflow,
    activities: { noteTime },
  });
  await worker.runUntil(
    client.client.workflow.execute('measureHandOvers', {
      taskQueue,
      workflowId: taskQueue,
      workflowExecutionTimeout: PATIENCE,
      args: [ACTIVITIES + 1],
    }),
  );
  return stepsMs;
}

async function build(): Promise<WorkflowBundleOption> {
  return await bundleWorkflowCode({
    workflowsPath: join(packageRoot, 'src', 'temporal', 'hand-over-workflow.ts'),
    logger: new DefaultLogger('ERROR'),
  });
}
