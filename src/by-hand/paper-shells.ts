import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TransientError } from '../../activities/failures.ts';
import type { PowerShellPort, Ports, SqlPort } from '../../activities/ports.ts';
import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';
import { Secret } from '../../activities/secret.ts';
import type { Access } from '../../workflows/contract.ts';
import { driverError } from '../adapters/integrated-sql.ts';
import { failureOfPowerShell } from '../adapters/powershell-errors.ts';
import { envelopeSchema, type Envelope } from '../adapters/powershell-line.ts';
import { revealedJson } from '../adapters/reveal.ts';
import { scriptText } from '../adapters/script-files.ts';
import { failureOfSql } from '../adapters/sql-errors.ts';
import { Vault } from '../adapters/vault.ts';

/** Shells on the hosts of a lab that is this program's own: scripts by their text, as any shell is sent them. */
export class PaperShells {
  private readonly folder: string;
  private readonly access: Access;
  private readonly secretOf: (reference: string) => string;
  private readonly lines = new Map<string, Line>();

  constructor(folder: string, access: Access, secretOf: (reference: string) => string) {
    this.folder = folder;
    this.access = access;
    this.secretOf = secretOf;
  }

  portsOn(host: string): Ports {
    const powershell = this.powershell(host);
    return {
      powershell,
      sql: this.sql(host, powershell),
      secrets: { resolve: (reference) => Promise.resolve(new Secret(this.secretOf(reference))) },
      vault: new Vault(powershell),
      clock: { now: () => new Date() },
    };
  }

  close(): void {
    for (const line of this.lines.values()) line.end();
  }

  private powershell(host: string): PowerShellPort {
    return {
      run: async (name, parameters) => {
        const script = powershellScripts[name];
        const text = scriptText('powershell', script.file);
        const given: unknown = JSON.parse(revealedJson(script.parameters.parse(parameters)));
        const envelope = await this.lineTo(host).ask(text, given);
        if (envelope === null)
          throw new TransientError(`The shell on ${host} ended in the middle of ${name}`, 'lost');
        if (!envelope.ok) throw failureOfPowerShell(envelope.error, name, host);
        return script.result.parse(envelope.data ?? {}) as never;
      },
    };
  }

  private sql(host: string, powershell: PowerShellPort): SqlPort {
    const own = { server: `${host}.${this.access.domain}`.toLowerCase(), port: this.access.instance.port };
    return {
      run: async (name, parameters, target = own) => {
        const script = sqlScripts[name];
        const { result, error } = await powershell.run('invokeSql', {
          ...target,
          verify: this.access.tls.verify,
          opens: true,
          statement: scriptText('sql', script.file),
          values: new Secret(revealedJson(script.parameters.parse(parameters))),
        });
        if (error !== null) throw failureOfSql(driverError(error), name, target.server);
        return script.result.parse(JSON.parse(result?.reveal() ?? '{}')) as never;
      },
    };
  }

  private lineTo(host: string): Line {
    const known = this.lines.get(host);
    if (known && !known.isGone) return known;
    const line = new Line(this.folder, host);
    this.lines.set(host, line);
    return line;
  }
}

/** One shell: it ends with its host. */
class Line {
  isGone = false;
  private readonly socket: Socket;
  private readonly waiting = new Map<string, (envelope: Envelope | null) => void>();

  constructor(folder: string, host: string) {
    const { port, token } = JSON.parse(readFileSync(join(folder, 'lab', 'access.json'), 'utf8')) as {
      readonly port: number;
      readonly token: string;
    };
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => this.end());
    this.socket.on('close', () => this.end());
    const lines = createInterface({ input: this.socket, crlfDelay: Infinity });
    lines.on('error', () => this.end());
    lines.on('line', (line) => this.heard(JSON.parse(line)));
    this.write({ type: 'shell', token, host, agent: null, fenced: false });
  }

  ask(script: string, parameters: unknown): Promise<Envelope | null> {
    const id = randomUUID();
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.write({ type: 'call', id, script, parameters });
    });
  }

  end(): void {
    this.isGone = true;
    this.socket.destroy();
    for (const answered of this.waiting.values()) answered(null);
    this.waiting.clear();
  }

  private heard(message: unknown): void {
    if (message === null || typeof message !== 'object' || !('id' in message)) return this.end();
    const id = String(message.id);
    const envelope = envelopeSchema.safeParse('envelope' in message ? message.envelope : null);
    this.waiting.get(id)?.(envelope.success ? envelope.data : null);
    this.waiting.delete(id);
  }

  private write(message: object): void {
    this.socket.write(`${JSON.stringify(message)}\n`);
  }
}
