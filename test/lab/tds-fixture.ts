import { EventEmitter } from 'node:events';
import sql from 'mssql';
import { onTestFinished } from 'vitest';
import type { IssuedCertificate } from '../../lab/certificates.ts';
import { listenTds } from '../../lab/tds/endpoint.ts';
import type { TdsHandler, TdsResult, TdsSession, TdsSignIn, TdsStatement } from '../../lab/tds/handler.ts';
import { ntHash } from '../../lab/tds/ntlm.ts';
import { SqlServerError } from '../../lab/tds/sql-server-error.ts';

export const PASSWORD = 'Pa55-wörd';
export const WINDOWS = { domain: 'contoso', user: 'ADA' };

export type Run = (statement: TdsStatement, session: TdsSession) => Promise<TdsResult | null>;
export type Connect = (config?: Partial<sql.config>) => Promise<sql.ConnectionPool>;

export interface Listening {
  readonly port: number;
  readonly handler: RecordingHandler;
  /** An unmodified driver's pool of one connection, signed in as `sa` unless told otherwise. */
  readonly connect: Connect;
  readonly dropAll: () => void;
}

/** An endpoint for one test, closed when it ends. `certificate` is asked for each connection. */
export async function listen(
  run: Run = echo,
  certificate: () => IssuedCertificate | null = () => null,
): Promise<Listening> {
  const handler = new RecordingHandler(run);
  const endpoint = await listenTds({
    address: '127.0.0.1',
    port: 0,
    serverName: 'SQL-A\\SSIS',
    version: { major: 16, minor: 0, build: 4135 },
    certificate: () => asPem(certificate()),
    handler,
  });
  const pools: sql.ConnectionPool[] = [];
  onTestFinished(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await endpoint.close();
  });
  const { port, dropAll } = endpoint;
  const connect: Connect = async (config = {}) => {
    const pool = new sql.ConnectionPool({
      server: '127.0.0.1',
      port,
      user: 'sa',
      password: PASSWORD,
      pool: { max: 1 },
      ...config,
    });
    // A pool reports a lost connection here as well, beside the request that was lost with it.
    pool.on('error', () => {});
    pools.push(pool);
    return pool.connect();
  };
  return { port, handler, connect, dropAll };
}

/** Answers `echo NAME` with that parameter's value, anything else with its own text. */
const echo: Run = async ({ text, parameters }) => {
  const value = parameters.get(text.replace('echo ', '')) ?? text;
  return { columns: [{ name: 'answer', kind: 'nvarchar' }], rows: [[value]] };
};

/** What a pool asks each time before it lends a connection. */
const POOL_PROBE = 'SELECT 1;';

/** Knows `sa` and `CONTOSO\ada`, remembers what it was asked, and tells of it as it happens. */
export class RecordingHandler implements TdsHandler {
  readonly attempts: TdsSignIn[] = [];
  readonly statements: TdsStatement[] = [];
  /** Whose statement it was, one for each of `statements`. */
  readonly sessions: TdsSession[] = [];
  readonly transactions: string[] = [];
  readonly closedSessions: number[] = [];
  /** Emits `run` and `closed`, after having remembered what happened. */
  readonly events = new EventEmitter();
  private readonly answer: Run;

  constructor(answer: Run) {
    this.answer = answer;
  }

  windowsAccount(domain: string, user: string) {
    const isAda = `${domain}\\${user}`.toLowerCase() === 'contoso\\ada';
    return isAda ? { login: 'CONTOSO\\ada', ntHash: ntHash(PASSWORD) } : null;
  }

  signIn(attempt: TdsSignIn): void {
    this.attempts.push(attempt);
    const { identity, password } = attempt;
    if (identity.kind === 'windows' || password === PASSWORD) return;
    throw new SqlServerError(18_456, `Login failed for user '${identity.login}'.`, {
      severity: 14,
      state: 8,
    });
  }

  async run(statement: TdsStatement, session: TdsSession): Promise<TdsResult | null> {
    if (statement.text === POOL_PROBE) return null;
    this.statements.push(statement);
    this.sessions.push(session);
    this.events.emit('run');
    return this.answer(statement, session);
  }

  transaction(act: string): void {
    this.transactions.push(act);
  }

  closed(session: TdsSession): void {
    this.closedSessions.push(session.id);
    this.events.emit('closed');
  }
}

function asPem(certificate: IssuedCertificate | null) {
  return certificate === null ? null : { key: certificate.keyPem, cert: certificate.certPem };
}
