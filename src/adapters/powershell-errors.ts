import { POWERSHELL_FENCE_IS_HELD } from '../../activities/scripts/fence.ts';
import { OperatorError, TransientError } from '../../activities/failures.ts';

interface PowerShellError {
  readonly message: string;
  readonly id?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly hresult?: number | null | undefined;
}

/** Failures that pass, by HRESULT. Source: [MS-ERREF], section 2.1.1 (HRESULT from Win32 codes). */
const PASSING: ReadonlySet<number> = new Set([
  0x800706ba | 0, // RPC server unavailable
  0x800706be | 0, // remote procedure call failed
  0x80070035 | 0, // network path not found
  0x80070040 | 0, // network name deleted
  0x800704cf | 0, // network location unreachable
]);

/** Whatever the engine answered to a script of its own machine. Source: *SqlException*, HResult. */
const SQL_EXCEPTION = 0x80131904 | 0;

/** What helps against an HRESULT that says it all. Source: [MS-ERREF], 2.1.1; CBS error codes of servicing. */
const KNOWN: ReadonlyMap<number, (host: string) => string> = new Map<number, (host: string) => string>([
  [
    0x800f081f | 0, // CBS_E_SOURCE_MISSING
    (host) => `Give Windows on ${host} its source files back (sources\\sxs of its media), then retry.`,
  ],
  [
    0x8007216d | 0, // ERROR_DS_MACHINE_ACCOUNT_QUOTA_EXCEEDED
    () => 'Have the directory team grant the right to create computer objects, or prestage them, then retry.',
  ],
]);

const ACCESS_DENIED = 0x80070005 | 0;

/**
 * Turns what a script threw into a failure that says what helps. Judged by number and category, never by
 * text, which is localised; the text is only quoted.
 */
export function failureOfPowerShell(error: PowerShellError, script: string, host: string): Error {
  const said = `${script} on ${host}: ${firstLine(error.message)}`;
  const hresult = error.hresult ?? 0;
  if (error.id?.startsWith(POWERSHELL_FENCE_IS_HELD)) {
    return new TransientError(`Another change is still under way on ${host}`, 'busy');
  }
  if (PASSING.has(hresult)) return new TransientError(said, 'reported');
  const known = KNOWN.get(hresult);
  if (known) return new OperatorError(said, known(host));
  if (hresult === ACCESS_DENIED || error.category === 'PermissionDenied') {
    return new OperatorError(said, `Give the operator account the right on ${host}, then retry.`);
  }
  if (hresult === SQL_EXCEPTION || error.id?.startsWith('SqlException')) {
    return new OperatorError(
      said,
      `See that the engine on ${host} runs and that the account of the agent is a member of sysadmin there, then retry.`,
    );
  }
  if (error.id?.startsWith('CommandNotFoundException')) {
    return new OperatorError(said, `Install the missing Windows feature or module on ${host}, then retry.`);
  }
  return new OperatorError(said, `Look at ${host}, remove the cause, then retry.`);
}

function firstLine(message: string): string {
  const [line = ''] = message.split(/\r?\n/);
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
