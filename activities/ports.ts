import type {
  PowerShellName,
  PowerShellParameters,
  PowerShellResult,
  SqlName,
  SqlParameters,
  SqlResult,
} from './scripts/index.ts';
import type { Json, MailServer } from '../workflows/contract.ts';
import type { Secret } from './secret.ts';

/**
 * The seams between the procedure and the world. Each is bound to one step on one host: `powershell` runs
 * there, `sql` reaches that host's instance unless told otherwise.
 */
export interface Ports {
  readonly powershell: PowerShellPort;
  readonly sql: SqlPort;
  readonly secrets: SecretsPort;
  readonly vault: VaultPort;
  readonly clock: Clock;
}

export interface PowerShellPort {
  /**
   * Runs a script of the catalogue on the host. A script that changes something first takes the host's
   * fence, and keeps it until the activity ends.
   */
  run<Name extends PowerShellName>(
    name: Name,
    parameters: PowerShellParameters<Name>,
  ): Promise<PowerShellResult<Name>>;
}

/** Where an instance listens. */
export interface SqlTarget {
  readonly server: string;
  readonly port: number;
}

export interface SqlPort {
  /** Runs a script of the catalogue on an instance; one that changes something takes the instance's fence. */
  run<Name extends SqlName>(
    name: Name,
    parameters: SqlParameters<Name>,
    target?: SqlTarget,
  ): Promise<SqlResult<Name>>;
}

export interface SecretsPort {
  /** Resolves a reference (`env:NAME`, `file:PATH`) where it is needed. */
  resolve(reference: string): Promise<Secret>;
}

/** What undo needs and history must not hold; kept on the host, protected by the machine. */
export interface VaultPort {
  /** Keeps a value unless one is kept under that key already: the first memory is the true one. */
  keep(key: string, value: Secret): Promise<void>;
  recall(key: string): Promise<Secret | null>;
  forget(key: string): Promise<void>;
}

/** Brings word to people and programs outside. What time may mend is a TransientError, all else an OperatorError. */
export interface MessengerPort {
  /** Sends a JSON document to a webhook. `named` says where its address lies, since the address is a secret. */
  post(webhook: { readonly address: Secret; readonly named: string }, document: Json): Promise<void>;
  mail(letter: Letter, through: MailServer): Promise<void>;
}

export interface Letter {
  /** Makes the same letter known as the same. */
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Clock {
  now(): Date;
}
