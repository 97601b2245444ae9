import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { scriptsFolder } from '../catalogue.ts';
import { PowerShellRefusal } from '../scene.ts';
import { readLines, writeLine, type LabAccess } from '../wire.ts';
import type { HandShell } from './hand-shell.ts';

interface Envelope {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly message: string; readonly id?: string; readonly category?: string };
}

const PAUSE_MS = 200;

/** A window on a host of the running lab, whose person sits at this terminal. It ends with its host. */
export function openTerminalShell(
  accessFile: string,
  host: string,
): HandShell & { readonly close: () => void } {
  const line = new Line(accessFile, host);
  const keyboard = new Keyboard();
  return {
    computerName: host,
    powershell: (script, parameters) => line.ask(script, parameters),
    async sql({ server, port, verify, text, values }) {
      // As by-hand.ps1, which opens a connection for each statement: the lab signs in the account of the window.
      const invoke = readFileSync(join(scriptsFolder, 'powershell', 'invoke-sql.ps1'), 'utf8');
      const given = { server, port, verify, opens: true, statement: text, values };
      const { result, error } = (await line.ask(invoke, given)) as {
        readonly result: string | null;
        readonly error: { readonly number: number; readonly message: string } | null;
      };
      if (error) throw new PowerShellRefusal(`${error.message} (error ${error.number})`, 'SqlException');
      return result;
    },
    ask: (question, isSecret) => keyboard.ask(question, isSecret),
    say: (text) => void process.stdout.write(`${text}\n`),
    pause: () => delay(PAUSE_MS),
    close() {
      keyboard.close();
      line.close();
    },
  };
}

/** What is typed, or what stands in the standard input, a line for each question. */
class Keyboard {
  private isSilent = false;
  private readonly typed: string[] = [];
  private readonly waiting: ((line: string) => void)[] = [];
  private isClosed = false;
  private readonly lines = createInterface({
    input: process.stdin,
    output: new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!this.isSilent) process.stdout.write(chunk);
        done();
      },
    }),
    terminal: process.stdin.isTTY,
  });

  constructor() {
    this.lines.on('line', (line) => {
      const asked = this.waiting.shift();
      if (asked) asked(line);
      else this.typed.push(line);
    });
    this.lines.on('close', () => {
      this.isClosed = true;
      for (const asked of this.waiting.splice(0)) asked('');
    });
  }

  async ask(question: string, isSecret: boolean): Promise<string> {
    process.stdout.write(`${question}: `);
    this.isSilent = isSecret;
    const line = this.typed.shift() ?? (this.isClosed ? '' : await this.next());
    this.isSilent = false;
    if (isSecret || !process.stdin.isTTY) process.stdout.write('\n');
    return line;
  }

  close(): void {
    this.lines.close();
  }

  private next(): Promise<string> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

class Line {
  private readonly waiting = new Map<string, (envelope: Envelope | null) => void>();
  private readonly socket;
  private isGone = false;

  constructor(accessFile: string, host: string) {
    const { port, token } = JSON.parse(readFileSync(accessFile, 'utf8')) as LabAccess;
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => this.gone());
    this.socket.on('close', () => this.gone());
    readLines(this.socket, (message) =>
      this.heard(message as { readonly id?: string; readonly envelope?: Envelope }),
    );
    writeLine(this.socket, { type: 'shell', token, host, agent: null, fenced: false });
  }

  async ask(script: string, parameters: unknown): Promise<unknown> {
    const id = randomUUID();
    const answer = new Promise<Envelope | null>((resolve) => this.waiting.set(id, resolve));
    if (this.isGone) this.gone();
    writeLine(this.socket, { type: 'call', id, script, parameters });
    const envelope = await answer;
    if (envelope === null) throw new PowerShellRefusal('The window went with its host, or with the lab');
    if (envelope.ok) return envelope.data ?? {};
    const { message = '', id: errorId, category } = envelope.error ?? {};
    throw new PowerShellRefusal(message, errorId, category);
  }

  close(): void {
    this.socket.destroy();
  }

  private heard({ id, envelope }: { readonly id?: string; readonly envelope?: Envelope }): void {
    if (id === undefined) return this.gone();
    this.waiting.get(id)?.(envelope ?? null);
    this.waiting.delete(id);
  }

  private gone(): void {
    this.isGone = true;
    for (const answered of this.waiting.values()) answered(null);
    this.waiting.clear();
    this.socket.destroy();
  }
}
