import type { TdsHandler, TdsIdentity, TdsSignIn } from './handler.ts';
import { type Login, readLogin } from './login.ts';
import { createNtlmChallenge, isNtlm, proves, readNtlmProof } from './ntlm.ts';
import { MESSAGE } from './packets.ts';
import { answerPrelogin, type ServerVersion } from './prelogin.ts';
import { COLLATION } from './rows.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Certificate } from './tls-in-prelogin.ts';
import { done, ENVIRONMENT, environmentChange, failed, loginAcknowledgement, sspiToken } from './tokens.ts';
import { FIRST_PACKET_SIZE, type Wire } from './wire.ts';

/** What an endpoint shows of itself. */
export interface TdsServer {
  /** As in `@@SERVERNAME`: `SQL-A` or `SQL-A\INSTANCE`. */
  readonly serverName: string;
  readonly version: ServerVersion;
  /** Asked for each connection, so that it can be exchanged; null where encryption is not supported. */
  readonly certificate: () => Certificate | null;
  readonly handler: TdsHandler;
}

/** Somebody who is in, and the database where he starts. */
export interface SignedIn {
  readonly identity: TdsIdentity;
  readonly database: string;
}

/**
 * From the first byte to the acknowledged login: PRELOGIN, TLS, LOGIN7, NTLM. Null when the client was
 * refused (it has been told why, and the line is closing) or has gone.
 */
export async function signIn(wire: Wire, server: TdsServer): Promise<SignedIn | null> {
  try {
    await agreeOnEncryption(wire, server);
    const login = readLogin(await receive(wire, MESSAGE.login));
    const tdsVersion = versionFor(login.tdsVersion);
    const attempt = await identify(wire, server, login);
    await server.handler.signIn(attempt);
    const database = attempt.database ?? 'master';
    acknowledge(wire, server, { ...login, tdsVersion, database });
    return { identity: attempt.identity, database };
  } catch (failure) {
    if (!(failure instanceof ClientGone)) {
      wire.send(failed('batch', SqlServerError.from(failure), server.serverName));
      wire.end();
    }
    return null;
  }
}

class ClientGone extends Error {}

async function receive(wire: Wire, ...types: readonly number[]): Promise<Buffer> {
  const message = await wire.next();
  if (message === null) throw new ClientGone();
  if (types.includes(message.type)) return message.payload;
  const text = `a message of type ${message.type} came where ${types.join(' or ')} belongs`;
  throw new SqlServerError(50_000, text, { severity: 20 });
}

async function agreeOnEncryption(wire: Wire, server: TdsServer): Promise<void> {
  const certificate = server.certificate();
  const offer = await receive(wire, MESSAGE.prelogin);
  const { answer, encrypted } = answerPrelogin(offer, server.version, certificate !== null);
  wire.send(answer);
  if (encrypted && certificate !== null) wire.secure(certificate);
}

async function identify(wire: Wire, server: TdsServer, login: Login): Promise<TdsSignIn> {
  const { applicationName, readOnlyIntent } = login;
  const database = login.database === '' ? null : login.database;
  const identity: TdsIdentity =
    login.sspi === null
      ? { kind: 'sql', login: login.user }
      : { kind: 'windows', login: await proveWindowsAccount(wire, server, login.sspi) };
  const password = login.sspi === null ? login.password : null;
  return { identity, password, database, applicationName, readOnlyIntent };
}

/** Source: MS-TDS 3.3.5.5 "Login Ready State"; Windows tells the server no more than that the proof failed. */
async function proveWindowsAccount(wire: Wire, server: TdsServer, firstToken: Buffer): Promise<string> {
  if (!isNtlm(firstToken)) throw untrusted();
  const challenge = createNtlmChallenge(server.serverName.replace(/\\.*$/, ''));
  wire.send(sspiToken(challenge.message));
  // Some clients (python-tds) go on under the type of the message before.
  const proof = readNtlmProof(await receive(wire, MESSAGE.sspi, MESSAGE.login));
  const account = server.handler.windowsAccount(proof.domain, proof.user);
  if (account === null || !proves(proof, account.ntHash, challenge.nonce)) throw untrusted();
  return account.login;
}

/** Source: SQL Server documentation, MSSQLSERVER_18452. */
function untrusted(): SqlServerError {
  const message =
    'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.';
  return new SqlServerError(18_452, message, { severity: 14 });
}

/** Source: MS-TDS 2.2.7.14 "LOGINACK". */
const OLDEST_TDS = 0x72090002;
const NEWEST_TDS = 0x74000004;

function versionFor(asked: number): number {
  if (asked >= OLDEST_TDS) return Math.min(asked, NEWEST_TDS);
  const version = `0x${asked.toString(16)}`;
  throw new SqlServerError(50_000, `TDS version ${version} is not supported: use 7.2 to 7.4`, {
    severity: 20,
  });
}

/** Source: MS-TDS 2.2.6.4 "LOGIN7", PacketSize: what the client asks for, within these bounds. */
const PACKET_SIZE = { smallest: 512, largest: 32_767 } as const;

function acknowledge(wire: Wire, server: TdsServer, login: Login): void {
  const packetSize = Math.min(Math.max(login.packetSize, PACKET_SIZE.smallest), PACKET_SIZE.largest);
  wire.send(
    Buffer.concat([
      environmentChange(ENVIRONMENT.database, login.database, 'master'),
      environmentChange(ENVIRONMENT.collation, COLLATION, Buffer.alloc(0)),
      environmentChange(ENVIRONMENT.packetSize, String(packetSize), String(FIRST_PACKET_SIZE)),
      loginAcknowledgement(login.tdsVersion, server.version),
      done('batch'),
    ]),
  );
  wire.packetSize = packetSize;
}
