import { OperatorError } from '../failures.ts';

/**
 * What setup's exit code means for the step. The code is signed and of 32 bits; its low word 3010 says that a
 * restart is involved. After any code the machine itself is asked what is there.
 *
 * Source: domain facts, 2.3, table of exit codes; *Command-line install*, exit codes.
 */
export function judgeExitCode(code: number, host: string): void {
  if (isGoodExit(code)) return;
  const known = KNOWN[code];
  if (known)
    throw new OperatorError(
      `Setup on ${host} ended with ${code} (${hex(code)}): ${known.meaning}`,
      known.advice,
    );
  throw new OperatorError(
    `Setup on ${host} ended with ${code} (${hex(code)})`,
    'Read Summary.txt in the newest folder of Setup Bootstrap\\Log, remove the cause, then retry.',
  );
}

/** Nothing was refused: what is there now, and whether a restart pends, says the machine itself. */
function isGoodExit(code: number): boolean {
  return code === 0 || (code & 0xffff) === RESTART;
}

/**
 * An end that calls itself good, with something still missing and no restart that the machine knows of: the next
 * look would find the same for ever.
 */
export function notDone(code: number, host: string, missing: readonly string[]): OperatorError {
  const ended = `Setup on ${host} ended with ${code}${code === 0 ? '' : ` (${hex(code)})`}, and yet something is missing: ${missing.join('; ')}`;
  return (code & 0xffff) === RESTART
    ? new OperatorError(ended, `Restart ${host}, which setup waits for, then retry.`)
    : new OperatorError(
        ended,
        'Read Summary.txt in the newest folder of Setup Bootstrap\\Log, remove the cause, then retry.',
      );
}

const RESTART = 3010;

const KNOWN: Readonly<Record<number, { readonly meaning: string; readonly advice: string }>> = {
  [-2067529676]: {
    meaning: 'the operating system or a prerequisite is too old',
    advice: 'Bring the host to the build that this version of SQL Server asks for, then retry.',
  },
  [-2068643838]: {
    meaning: 'it found no feature to install',
    advice: 'Look which of the features are there already, and whether the media holds them, then retry.',
  },
  [-2068578304]: {
    meaning: 'an input was refused, or the media cannot be read',
    advice: 'Check accounts, passwords, thumbprint and media path in the site file, then retry.',
  },
  [-2061893606]: {
    meaning: 'the engine did not start',
    advice: 'Read the ERRORLOG of the instance, mend what keeps it from starting, then retry.',
  },
  [-2054422494]: {
    meaning: 'a known fault that does not come again',
    advice: 'Retry: setup goes on where it was.',
  },
  1603: {
    meaning: 'the Windows Installer failed',
    advice: 'Read Detail.txt in the setup log, remove the cause, then retry.',
  },
  [-1073741818]: { meaning: 'setup crashed', advice: 'Look at memory and disk of the host, then retry.' },
};

function hex(code: number): string {
  return `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
