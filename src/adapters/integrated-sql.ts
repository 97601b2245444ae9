import type { SqlPort, SqlTarget } from '../../activities/ports.ts';
import type { AboutFence } from '../../activities/scripts/fence.ts';
import {
  sqlScripts,
  type PowerShellResult,
  type SqlName,
  type SqlParameters,
  type SqlResult,
} from '../../activities/scripts/index.ts';
import { Secret } from '../../activities/secret.ts';
import type { Access } from '../../workflows/contract.ts';
import type { LeasedPowerShell } from './powershell.ts';
import { revealedJson } from './reveal.ts';
import { failureOfSql } from './sql-errors.ts';
import { statementOf } from './sql-statement.ts';

/**
 * SQL for the length of one activity as the agent's own account, where policy blocks NTLM: PowerShell's
 * SqlClient signs in with the ticket of the session that the agent runs in, which needs no password. The
 * connections live in the shell, and the fences with them.
 *
 * The shell is one of the agent's own machine, never a remote session: a ticket does not travel twice.
 */
export class IntegratedSql implements SqlPort {
  private readonly powershell: LeasedPowerShell;
  private readonly access: Access;
  private readonly own: SqlTarget;
  private readonly fenced: boolean;
  private readonly opened = new Set<string>();
  private readonly fences = new Map<string, SqlTarget>();

  /** `fenced`: also looks are made behind the fence. */
  constructor(powershell: LeasedPowerShell, access: Access, own: SqlTarget, fenced: boolean) {
    this.powershell = powershell;
    this.access = access;
    this.own = own;
    this.fenced = fenced;
  }

  async run<Name extends SqlName>(
    name: Name,
    parameters: SqlParameters<Name>,
    target: SqlTarget = this.own,
  ): Promise<SqlResult<Name>> {
    return this.send(name, parameters, target, this.aboutFence(name, target));
  }

  /** Ends the shell that somebody waits for: what hangs in it fails as lost, and its fences are free. */
  giveUp(): void {
    this.powershell.giveUp();
  }

  /** Gives the fences back and ends the connections; what cannot be given back ends with its shell. */
  async close(outcome: 'good' | 'bad'): Promise<void> {
    const held = [...this.fences.values()];
    this.fences.clear();
    const isClosed = outcome === 'good' && (await this.isClosed(held));
    await this.powershell.close(isClosed ? 'good' : 'bad');
  }

  private async isClosed(held: readonly SqlTarget[]): Promise<boolean> {
    if (this.opened.size === 0) return true;
    try {
      for (const target of held) await this.send('releaseFence', {}, target);
      await this.powershell.run('closeSql', {});
      return true;
    } catch {
      return false;
    }
  }

  /** Noted before it is taken: a fence that may be held is given back. */
  private aboutFence(name: SqlName, target: SqlTarget): AboutFence {
    if (!this.fenced && sqlScripts[name].effect !== 'change') return 'nothing';
    if (this.fences.has(keyOf(target))) return 'holds it';
    this.fences.set(keyOf(target), target);
    return 'takes it';
  }

  private async send<Name extends SqlName>(
    name: Name,
    parameters: SqlParameters<Name>,
    target: SqlTarget,
    fence: AboutFence = 'nothing',
  ): Promise<SqlResult<Name>> {
    const script = sqlScripts[name];
    const key = keyOf(target);
    const { result, error } = await this.powershell.run('invokeSql', {
      ...target,
      verify: this.access.tls.verify,
      opens: !this.opened.has(key),
      statement: statementOf(name, fence),
      values: new Secret(revealedJson(script.parameters.parse(parameters))),
    });
    if (error !== null) throw failureOfSql(driverError(error), name, target.server);
    this.opened.add(key);
    return script.result.parse(JSON.parse(result?.reveal() ?? '{}')) as SqlResult<Name>;
  }
}

type Refusal = NonNullable<PowerShellResult<'invokeSql'>['error']>;

/** Source: *SqlException*, Number and Class: -2 is a time-out; from class 20 on the connection is gone. */
const TIMED_OUT = -2;
const ENDS_CONNECTION = 20;

/** What SqlClient refuses, as the other driver would throw it, so that both are judged alike. */
export function driverError({ number, severity, message }: Refusal): Error {
  if (number === TIMED_OUT) return Object.assign(new Error(message), { code: 'ETIMEOUT' });
  if (severity < ENDS_CONNECTION) return Object.assign(new Error(message), { number });
  // A refusal of the certificate carries the HRESULT of the security package, which is far below zero.
  if (number < -0xffff) return new Error(`certificate error 0x${(number >>> 0).toString(16)}: ${message}`);
  return Object.assign(new Error(message), { code: 'ESOCKET' });
}

function keyOf({ server, port }: SqlTarget): string {
  return `${server},${port}`;
}
