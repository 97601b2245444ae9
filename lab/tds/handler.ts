/**
 * What an endpoint asks of its owner: who may come in, and what the answer to a statement is. The endpoint
 * speaks the protocol and knows nothing of databases.
 */
export interface TdsHandler {
  /**
   * The Windows account behind `domain` and `user` as the client spelled them; null when there is none.
   * The endpoint checks the client's proof of the password against its hash (NTLM).
   */
  windowsAccount(domain: string, user: string): WindowsAccount | null;

  /**
   * Lets somebody in by returning, or turns him away by throwing a `SqlServerError`, such as 18456 with
   * severity 14. A Windows identity comes here after its password was proved.
   */
  signIn(attempt: TdsSignIn): void | Promise<void>;

  /**
   * Answers one batch or one `sp_executesql`; null for a statement without rows. A thrown `SqlServerError`
   * reaches the client as it is. Batches of session settings alone (`SET … ON`) do not come here. Must
   * settle soon after `statement.aborted`: a cancel is confirmed to the client when the statement has
   * stopped, not before. Statements of one session never overlap.
   */
  run(statement: TdsStatement, session: TdsSession): Promise<TdsResult | null>;

  /** The driver's own transaction calls (not `BEGIN TRANSACTION` in a batch's text, which `run` sees). */
  transaction(act: TransactionAct, session: TdsSession): void | Promise<void>;

  /**
   * The session's line is gone: its locks and its open transaction die with it. A statement still running
   * was aborted just before. Not called for those who were turned away.
   */
  closed(session: TdsSession): void;
}

export interface WindowsAccount {
  /** `DOMAIN\user` as the directory spells it. */
  readonly login: string;
  /** See `ntHash`. */
  readonly ntHash: Buffer;
}

export interface TdsIdentity {
  readonly kind: 'sql' | 'windows';
  readonly login: string;
}

export interface TdsSignIn {
  readonly identity: TdsIdentity;
  /** In clear for a SQL login, null for a Windows account. */
  readonly password: string | null;
  /** The database asked for at login; null for the login's default. */
  readonly database: string | null;
  readonly applicationName: string;
  /** `ApplicationIntent=ReadOnly`. */
  readonly readOnlyIntent: boolean;
}

export type TdsValue = string | number | boolean | bigint | null;

export interface TdsStatement {
  readonly text: string;
  /** By name, without the `@`. */
  readonly parameters: ReadonlyMap<string, TdsValue>;
  /** Where the session began: a `USE` in an earlier text is the handler's to follow. */
  readonly database: string;
  /** Aborted when the client cancels, times out or loses its line. */
  readonly aborted: AbortSignal;
}

export type TransactionAct = 'begin' | 'commit' | 'rollback';

export interface TdsSession {
  /** What `@@SPID` tells: unique on the endpoint, from 51 on. */
  readonly id: number;
  readonly identity: TdsIdentity;
  /** Cuts the line without a goodbye, as a failing network or a killed server does. */
  drop(): void;
}

export type TdsColumnKind = 'nvarchar' | 'int' | 'bigint' | 'bit';

export interface TdsColumn {
  readonly name: string;
  /** `nvarchar` is always `nvarchar(max)`, so that a long JSON text fits. */
  readonly kind: TdsColumnKind;
}

export interface TdsResult {
  readonly columns: readonly TdsColumn[];
  readonly rows: readonly (readonly TdsValue[])[];
}
