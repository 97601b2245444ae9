import { OperatorError, TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { judgeExitCode } from './exit-codes.ts';

/** One argument of setup's command line; without values it is a switch. */
export interface SetupArgument {
  readonly name: string;
  readonly values: readonly string[];
}

export interface SetupRun {
  readonly host: string;
  /** Names the site's run, step and try; a restart of the host begins another. */
  readonly journal: string;
  /** Whose run it is: what an earlier one has recorded is put aside. */
  readonly runId: string;
  readonly media: string;
  readonly arguments: readonly SetupArgument[];
  readonly secrets: readonly { readonly name: string; readonly value: Secret }[];
}

/** How long one call waits for setup's end; the next attempt waits on. */
const WAIT_SECONDS = 20;

/**
 * Starts setup, or attaches to the one that this try has started on this boot, and judges how it ended. One
 * that an earlier run has left running is attached to as well: two at once would harm each other.
 * Answers the exit code of one that has ended well by its own account: what is there now, the machine says.
 * While it runs this throws a TransientError: setup outlives any call, so it is looked at again and again.
 */
export async function runSetup({ powershell }: Ports, run: SetupRun): Promise<number> {
  const { bootId } = await powershell.run('getBoot', {});
  const journal = `${run.journal}-${bootId}`;
  await powershell.run('startSetup', {
    journal,
    runId: run.runId,
    media: run.media,
    arguments: run.arguments.map(({ name, values }) => ({ name, values: [...values] })),
    secrets: [...run.secrets],
  });
  const { state, exitCode } = await powershell.run('getSetup', { journal, waitSeconds: WAIT_SECONDS });
  if (state === 'lost') {
    throw new OperatorError(
      `Setup on ${run.host} was ended before it could say how it ended`,
      'Look at Summary.txt in the newest folder of Setup Bootstrap\\Log and repair what it left, then retry.',
    );
  }
  if (exitCode === null) throw new TransientError(`Setup is running on ${run.host}`, 'busy');
  judgeExitCode(exitCode, run.host);
  return exitCode;
}
