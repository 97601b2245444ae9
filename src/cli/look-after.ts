import type { RunClient, RunRef, ShownRun } from '../client.ts';
import { OperatorError } from '../failures.ts';

/** The run once it has taken an answer. Throws an OperatorError that says that it was taken, where the run cannot be seen. */
export async function lookAfterAnswer(client: Pick<RunClient, 'look'>, ref: RunRef): Promise<ShownRun> {
  const seen = await client.look(ref).catch(() => null);
  if (seen !== null) return seen.run;
  throw new OperatorError(
    `${ref.workflowId} took the answer; how it stands since then could not be seen`,
    'Look at it: ssis-ha status',
  );
}
