import { OperatorError, TransientError, type Passing } from '../../activities/failures.ts';

/** An error that passes, or one that asks for something. */
type KnownError = { readonly passing: Passing } | { readonly advice: string };

const ask = (advice: string): KnownError => ({ advice });
const wait = (passing: Passing = 'reported'): KnownError => ({ passing });

/**
 * What helps against an error of the engine, by number. Source: domain facts, R3, and the message catalogue
 * of SQL Server (*Database engine events and errors*).
 */
const KNOWN: Readonly<Record<number, KnownError>> = {
  64: wait(),
  121: wait(),
  233: wait(),
  1205: wait(),
  1222: wait(),
  3960: wait(),
  10053: wait(),
  10054: wait(),
  10060: wait(),
  978: wait(),
  979: wait(),
  983: wait(),
  988: wait(),
  35250: wait(),
  17142: wait(),
  17187: wait(),
  18401: wait(),
  // Of `under-fence.sql`: the session is another one than that which looked.
  50100: wait('lost'),
  // The replica is not primary any more: the next try asks anew who is.
  50101: wait(),
  // Of `take-fence.sql`: another change is under way.
  50102: wait('busy'),
  976: ask('Find the replica that is primary, and see that data movement is not suspended, then retry.'),
  9002: ask('Back up the log of SSISDB or give the log more room, then retry.'),
  10314: ask('Bring all replicas to the same build and register the trusted assembly, then retry.'),
  15151: ask('Create what is missing, or give the operator account the right to see it, then retry.'),
  15581: ask(
    'Run OPEN MASTER KEY DECRYPTION BY PASSWORD, then ALTER MASTER KEY ADD ENCRYPTION BY SERVICE MASTER KEY, in SSISDB on this replica, then retry.',
  ),
  18452: ask('Give the account a login on this instance, then retry.'),
  18456: ask('Check the login, its password and the authentication mode of this instance, then retry.'),
  3201: ask('Give the engine account full control of the back-up share, then retry.'),
  19471: ask('Give the cluster name the right to the computer object of the listener, then retry.'),
  19476: ask('Give the cluster name the right to the computer object of the listener, then retry.'),
  27123: ask('Use Windows authentication: the catalog refuses SQL logins.'),
  27135: ask('SSISDB exists already: retry, so that it is looked at again.'),
  27260: ask('Make the operator account a member of sysadmin on this instance, then retry.'),
  27261: ask('Install the Scale Out Master on the machine of this engine, then retry.'),
  41142: ask('Wait until the replica is synchronized and ready to fail over, then retry.'),
};

/** Codes of the driver that mean: the line broke, or nothing answered. Source: mssql, *Errors*. */
const LOST: ReadonlySet<string> = new Set([
  'ETIMEOUT',
  'ECONNRESET',
  'ESOCKET',
  'ECONNCLOSED',
  'ENOTOPEN',
  'ECANCEL',
]);

/** Turns what the driver threw into a failure that says what helps. Judged by number, never by text. */
export function failureOfSql(error: unknown, script: string, server: string): Error {
  if (!(error instanceof Error)) return new TypeError(String(error));
  const number = numberOf(error);
  const said = `${script} on ${server}: ${error.message.slice(0, 300)}${number === null ? '' : ` (error ${number})`}`;
  const known = number === null ? undefined : KNOWN[number];
  if (known && 'passing' in known) return new TransientError(said, known.passing);
  if (known) return new OperatorError(said, known.advice);
  if (number !== null) return new OperatorError(said, `Look at ${server}, remove the cause, then retry.`);
  const code = 'code' in error ? String(error.code) : '';
  if (isUnverified(error)) {
    return new OperatorError(
      `The certificate of ${server} cannot be verified: ${error.message.slice(0, 200)}`,
      'Name the authority in tls.authorities, or bind a certificate that carries this name, then retry.',
    );
  }
  if (code === 'ELOGIN') {
    return new OperatorError(said, 'Check the login, its password and the authentication mode, then retry.');
  }
  if (LOST.has(code)) return new TransientError(said, 'lost');
  return error;
}

function numberOf(error: Error): number | null {
  if ('number' in error && typeof error.number === 'number') return error.number;
  const original = 'originalError' in error ? error.originalError : undefined;
  if (!(original instanceof Error)) return null;
  return 'number' in original && typeof original.number === 'number' ? original.number : null;
}

/** Source: Node.js, *TLS*, X509 certificate error codes. */
function isUnverified(error: Error): boolean {
  return /certificate|ERR_TLS_CERT|altnames/i.test(error.message);
}
