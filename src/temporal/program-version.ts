import { reasonOf } from './reason.ts';
import { runProgram } from './run-program.ts';
import type { Environment } from './run-program.ts';

/** The oldest `temporal` program that knows all that is asked of it here. */
export const OLDEST_CLI = '1.5.1';
/** The server inside that program, which tells the age of a program that was built without a version. */
const OLDEST_SERVER = '1.29.1';

const VERSION_TIMEOUT_MS = 20_000;

/** Whether a program can be used, with its version, or the reason why not. */
export type Judgement =
  { readonly usable: true; readonly version: string } | { readonly usable: false; readonly why: string };

/** Asks the program at `path` for its version and says whether it can be used. Never throws. */
export async function judgeProgram(path: string, env: Environment): Promise<Judgement> {
  try {
    return judgeVersion(
      await runProgram({ program: path, args: ['--version'], env, timeoutMs: VERSION_TIMEOUT_MS }),
    );
  } catch (error) {
    return { usable: false, why: reasonOf(error) };
  }
}

/**
 * Judges what `temporal --version` printed, such as `temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)`.
 *
 * Source: a program built with plain `go install` calls itself `0.0.0-DEV`
 * (temporalio/cli v1.5.1, `temporalcli/commands.go`, `Version`); there the server's version decides.
 */
export function judgeVersion(printed: string): Judgement {
  const match = /^temporal version (\d+\.\d+\.\d+)(-\S+)?(?: \(Server (\d+\.\d+\.\d+))?/.exec(printed.trim());
  if (match === null)
    return { usable: false, why: 'does not say a version that a Temporal program would say' };
  const [, cli = '', suffix, server] = match;
  const unversioned = cli === '0.0.0' && suffix === '-DEV' && server !== undefined;
  const enough = unversioned ? atLeast(server, OLDEST_SERVER) : atLeast(cli, OLDEST_CLI);
  const version = unversioned ? `${cli}${suffix} (server ${server})` : `${cli}${suffix ?? ''}`;
  if (enough) return { usable: true, version };
  return { usable: false, why: `is version ${version}; at least ${OLDEST_CLI} is needed` };
}

function atLeast(version: string, oldest: string): boolean {
  const numbers = version.split('.').map(Number);
  for (const [place, wanted] of oldest.split('.').map(Number).entries()) {
    const had = numbers[place] ?? 0;
    if (had !== wanted) return had > wanted;
  }
  return true;
}
