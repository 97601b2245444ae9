import type { TdsHandler, TdsIdentity, TdsSession } from './handler.ts';
import { MESSAGE, type TdsMessage } from './packets.ts';
import { onlySettings, readRequest, type StatementRequest, type TransactionRequest } from './requests.ts';
import { resultSet } from './rows.ts';
import type { SignedIn, TdsServer } from './sign-in.ts';
import { SqlServerError } from './sql-server-error.ts';
import {
  done,
  doneAfterRows,
  doneAttention,
  doneIgnored,
  ENVIRONMENT,
  environmentChange,
  failed,
  type RequestKind,
} from './tokens.ts';
import type { Wire } from './wire.ts';

const FATAL_SEVERITY = 20;

/** One signed-in client: answers its requests, one after another, until its line is gone. */
export class Session implements TdsSession {
  readonly id: number;
  readonly identity: TdsIdentity;
  private readonly database: string;
  private readonly wire: Wire;
  private readonly serverName: string;
  private readonly handler: TdsHandler;
  private current = new AbortController();
  /** Everything that is sent waits for what is to be sent before it. */
  private sent: Promise<void> = Promise.resolve();
  /** What identifies the open transaction to the client. */
  private transaction: Buffer | null = null;
  private transactions = 0n;

  constructor(id: number, wire: Wire, signedIn: SignedIn, server: TdsServer) {
    this.id = id;
    this.identity = signedIn.identity;
    this.database = signedIn.database;
    this.wire = wire;
    this.serverName = server.serverName;
    this.handler = server.handler;
  }

  /** Ends when the line is gone. */
  async serve(): Promise<void> {
    for (let message = await this.wire.next(); message !== null; message = await this.wire.next()) {
      this.take(message);
    }
    this.current.abort();
    this.handler.closed(this);
  }

  drop(): void {
    this.wire.drop();
  }

  /** Never waits, so that a cancel is heard while a statement runs. */
  private take(message: TdsMessage): void {
    if (message.type === MESSAGE.attention) {
      this.current.abort();
      this.sent = this.sent.then(() => this.wire.send(doneAttention()));
      return;
    }
    const request = new AbortController();
    this.current = request;
    this.sent = this.sent.then(() => this.answer(message, request.signal));
  }

  private async answer(message: TdsMessage, aborted: AbortSignal): Promise<void> {
    if (message.ignored) return this.wire.send(doneIgnored());
    const kind = message.type === MESSAGE.rpc ? 'rpc' : 'batch';
    try {
      const tokens = await this.perform(message, kind, aborted);
      this.wire.send(aborted.aborted ? done(kind) : tokens);
    } catch (failure) {
      // What a cancelled statement died of is of no interest: the client asked for it.
      if (aborted.aborted) return this.wire.send(done(kind));
      const error = SqlServerError.from(failure);
      this.wire.send(failed(kind, error, this.serverName));
      if (error.severity >= FATAL_SEVERITY) this.wire.end();
    }
  }

  private async perform(message: TdsMessage, kind: RequestKind, aborted: AbortSignal): Promise<Buffer> {
    const request = readRequest(message);
    if (request.kind === 'transaction') return this.transact(request);
    if (onlySettings(request.text)) return done(kind);
    return this.run(request, kind, aborted);
  }

  private async run(request: StatementRequest, kind: RequestKind, aborted: AbortSignal): Promise<Buffer> {
    const { text, parameters } = request;
    const result = await this.handler.run({ text, parameters, database: this.database, aborted }, this);
    if (result === null) return done(kind);
    return Buffer.concat([resultSet(result), doneAfterRows(kind, result.rows.length)]);
  }

  private async transact({ act, beginsAnother }: TransactionRequest): Promise<Buffer> {
    if (act === 'begin') return Buffer.concat([await this.begin(), done('batch')]);
    const finished = await this.finish(act);
    return Buffer.concat([finished, beginsAnother ? await this.begin() : Buffer.alloc(0), done('batch')]);
  }

  private async begin(): Promise<Buffer> {
    if (this.transaction !== null) {
      const message = `session ${this.id} is in a transaction, and they do not nest here: commit or roll back first`;
      throw new SqlServerError(50_000, message);
    }
    await this.handler.transaction('begin', this);
    this.transaction = Buffer.alloc(8);
    this.transaction.writeBigUInt64LE(++this.transactions);
    return environmentChange(ENVIRONMENT.begin, this.transaction, Buffer.alloc(0));
  }

  private async finish(act: 'commit' | 'rollback'): Promise<Buffer> {
    const transaction = this.transaction;
    if (transaction === null) throw noTransaction(act);
    await this.handler.transaction(act, this);
    this.transaction = null;
    return environmentChange(ENVIRONMENT[act], Buffer.alloc(0), transaction);
  }
}

/** Source: SQL Server's sys.messages, 3902 and 3903. */
function noTransaction(act: 'commit' | 'rollback'): SqlServerError {
  const message = `The ${act.toUpperCase()} TRANSACTION request has no corresponding BEGIN TRANSACTION.`;
  return new SqlServerError(act === 'commit' ? 3902 : 3903, message);
}
