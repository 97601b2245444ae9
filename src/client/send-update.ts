import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import type { RunRef } from './find-run.ts';
import { failedWith, type ServerLink } from './server-link.ts';

/** A message that a run takes or refuses at once. */
export interface RunUpdate {
  /** Name of the update. */
  readonly name: string;
  readonly message: object;
  /** The same id said again is the same message. */
  readonly id: string;
  /** How it is called where it is refused: `"approve" for install-on-primary@SQLSSIS-A`. */
  readonly inWords: string;
}

const UPDATE_SECONDS = 20;

/** Returns when the run has taken the message. Throws an OperatorError with the reason when it does not take it. */
export async function sendUpdate(link: ServerLink, ref: RunRef, update: RunUpdate): Promise<void> {
  try {
    await link.ask(
      (client) =>
        client.workflow
          .getHandle(ref.workflowId, ref.runId)
          .executeUpdate<unknown, [object]>(update.name, { args: [update.message], updateId: update.id }),
      UPDATE_SECONDS,
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refused(error, update);
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) throw notTaken(ref);
    if (failedWith(error, 'late')) throw notTaken(ref);
    if (error instanceof WorkflowNotFoundError) throw overAlready(ref);
    throw error;
  }
}

function refused(error: WorkflowUpdateFailedError, { inWords }: RunUpdate): OperatorError {
  const reason = error.cause?.message ?? error.message;
  return new OperatorError(`${inWords} was refused: ${reason}`, 'Look at what is asked: ssis-ha status');
}

export function notTaken({ workflowId }: RunRef): OperatorError {
  return new OperatorError(
    `No control worker answers for ${workflowId}, so it is not known that the answer was taken`,
    'See that the control worker runs (ssis-ha up), look (ssis-ha status), then say it again.',
  );
}

export function overAlready({ workflowId, runId }: RunRef): OperatorError {
  return new OperatorError(`Run ${runId} of ${workflowId} is over`, 'Look at how it ended: ssis-ha status');
}
