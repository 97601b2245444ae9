import { z } from 'zod';
import type { EngineAtHand, SqlEndpoints } from './sql-endpoints.ts';
import type { TdsSession } from './tds/handler.ts';
import { SqlServerError } from './tds/sql-server-error.ts';

const invocation = z.object({
  server: z.string(),
  port: z.number(),
  verify: z.boolean(),
  opens: z.boolean(),
  statement: z.string(),
  values: z.string(),
});

/** What SqlClient would say: a result, or an error with its number. */
interface Outcome {
  readonly result: string | null;
  readonly error: {
    readonly number: number;
    readonly severity: number;
    readonly state: number;
    readonly message: string;
  } | null;
}

interface Session extends TdsSession {
  readonly engine: EngineAtHand;
  isDropped: boolean;
}

/** The connections that one shell keeps to engines as its own account, without a password. */
export class IntegratedSessions {
  private readonly endpoints: SqlEndpoints;
  private readonly account: string;
  private readonly open = new Map<string, Session>();
  private nextId = FIRST_SESSION;

  constructor(endpoints: SqlEndpoints, account: string) {
    this.endpoints = endpoints;
    this.account = account;
  }

  async invoke(given: unknown, aborted: AbortSignal): Promise<Outcome> {
    const { server, port, statement, values, ...how } = invocation.parse(given);
    const key = `${server},${port}`;
    try {
      const session = this.kept(key) ?? (await this.connect({ key, server, port }, how));
      return await this.run(session, { statement, values }, aborted);
    } catch (error) {
      const { number, severity, state, message } = SqlServerError.from(error);
      return { result: null, error: { number, severity, state, message } };
    }
  }

  close(): void {
    for (const key of this.open.keys()) this.forget(key);
  }

  private kept(key: string): Session | null {
    const session = this.open.get(key);
    if (session && !session.isDropped && session.engine.isOpen()) return session;
    this.forget(key);
    return null;
  }

  private forget(key: string): void {
    const session = this.open.get(key);
    this.open.delete(key);
    session?.engine.handler.closed(session);
  }

  private async connect(
    { key, server, port }: { readonly key: string; readonly server: string; readonly port: number },
    { opens, verify }: { readonly opens: boolean; readonly verify: boolean },
  ): Promise<Session> {
    if (!opens) throw new SqlServerError(CONNECTION_RESET, 'The connection was lost.', { severity: 20 });
    const engine = this.endpoints.engineAt(server, port);
    if (!engine) throw new SqlServerError(REFUSED, `Nothing listens at ${key}.`, { severity: 20 });
    if (verify && !engine.isVerifiable)
      throw new SqlServerError(UNTRUSTED_ROOT, `The chain of ${server} ends in no trusted root.`, {
        severity: 20,
      });
    const identity = { kind: 'windows', login: this.account } as const;
    await engine.handler.signIn({
      identity,
      password: null,
      database: 'master',
      applicationName: 'ssis-ha',
      readOnlyIntent: false,
    });
    const session: Session = {
      id: this.nextId++,
      identity,
      engine,
      isDropped: false,
      drop() {
        session.isDropped = true;
      },
    };
    this.open.set(key, session);
    return session;
  }

  private async run(
    session: Session,
    { statement, values }: { readonly statement: string; readonly values: string },
    aborted: AbortSignal,
  ): Promise<Outcome> {
    const asked = {
      text: statement,
      parameters: new Map([['parameters', values]]),
      database: 'master',
      aborted,
    };
    try {
      const answer = await session.engine.handler.run(asked, session);
      const value = answer?.rows[0]?.[0] ?? null;
      return { result: value === null ? null : String(value), error: null };
    } catch (error) {
      if (!session.isDropped) throw error;
      throw new SqlServerError(CONNECTION_RESET, 'The connection was lost.', { severity: 20, cause: error });
    }
  }
}

/** Source: *sys.dm_exec_sessions*: the first sessions are the engine's own. */
const FIRST_SESSION = 51;
/** Source: *Windows Sockets error codes*, WSAECONNRESET and WSAECONNREFUSED. */
const CONNECTION_RESET = 10_054;
const REFUSED = 10_061;
/** Source: [MS-ERREF], SEC_E_UNTRUSTED_ROOT. */
const UNTRUSTED_ROOT = 0x80090325 | 0;
