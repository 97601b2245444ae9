import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { POWERSHELL_FENCE_IS_HELD } from '../activities/scripts/fence.ts';
import { readLines, writeLine, type LabAccess } from './wire.ts';

/*
 * Stands where PowerShell stands: reads commands from standard input as `pwsh -Command -` does, and lets the
 * lab answer the scripts of the catalogue. It outlives the agent that started it until its command is done,
 * as a real shell does, and ends with its host.
 */

const ACCESS_FILE = process.env['SSIS_HA_LAB'] ?? '';
const OWN_HOST = process.env['SSIS_HA_LAB_HOST'] ?? null;
const AGENT = process.ppid;
const RECONNECT_MS = 100;
/** Without its agent, a shell waits this long for a lab that is gone. */
const ORPHAN_PATIENCE_MS = 60_000;

const waiting = new Map<
  string,
  { readonly request: unknown; readonly answered: (envelope: unknown) => void }
>();
const lines = new Map<string, Promise<Socket>>();
const fencedHosts = new Set<string>();

process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

let work = Promise.resolve();
const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
input.on('line', (line) => {
  work = work.then(() => obey(line));
});
input.on('close', () => {
  void work.then(() => process.exit(0));
});

async function obey(line: string): Promise<void> {
  const [, stream, delimiter] = /^\[Console\]::(Error|Out)\.WriteLine\("([0-9A-Za-z]+)"\)$/.exec(line) ?? [];
  if (delimiter !== undefined)
    return void (stream === 'Error' ? process.stderr : process.stdout).write(`${delimiter}\n`);
  if (line.trim() === '') return;
  const command = /\[Console\]::Out\.WriteLine\('(#[0-9a-f]+#)'/.exec(line);
  const values = [...line.matchAll(/'([A-Za-z0-9+/]+=*)'(?=[ ,)])/g)]
    .map(([, value]) => value ?? '')
    .slice(-2);
  if (!command || values.length !== 2) {
    process.stderr.write(
      'The term is not recognized as a name of a cmdlet, function, script file, or executable program.\n',
    );
    return;
  }
  const computer = /New-PSSession -ComputerName '([^']+)'/.exec(line)?.[1]?.split('.')[0] ?? OWN_HOST ?? '';
  const [script = '', parameters = ''] = values.map((value) => Buffer.from(value, 'base64').toString('utf8'));
  const envelope = await ask(computer, script, JSON.parse(parameters));
  process.stdout.write(`${command[1]}${JSON.stringify(envelope)}\n`);
}

async function ask(host: string, script: string, parameters: unknown): Promise<unknown> {
  const id = randomUUID();
  const request = { type: 'call', id, script, parameters };
  const answer = new Promise((answered) => waiting.set(id, { request, answered }));
  writeLine(await lineTo(host), request);
  const envelope = await answer;
  waiting.delete(id);
  keepFence(host, script, envelope);
  return envelope;
}

/** After a lab's own restart the fence is claimed again: the shell that holds it never let go. */
function keepFence(host: string, script: string, envelope: unknown): void {
  if (!script.includes('$global:ssisHaFence')) return;
  if (script.includes('.Dispose()')) fencedHosts.delete(host);
  else if (!JSON.stringify(envelope).includes(POWERSHELL_FENCE_IS_HELD)) fencedHosts.add(host);
}

function lineTo(host: string): Promise<Socket> {
  const known = lines.get(host);
  if (known) return known;
  const opened = open(host);
  lines.set(host, opened);
  return opened;
}

/** A lab that was killed comes back under the same address: what was asked is asked again, by its id. */
async function open(host: string): Promise<Socket> {
  const since = Date.now();
  for (;;) {
    if (process.ppid !== AGENT && Date.now() - since > ORPHAN_PATIENCE_MS) end();
    const socket = await tryOpen(host);
    if (socket) {
      socket.once('close', () => {
        lines.delete(host);
        if (waiting.size > 0)
          void lineTo(host).then((again) => waiting.forEach(({ request }) => writeLine(again, request)));
      });
      return socket;
    }
    await delay(RECONNECT_MS);
  }
}

function tryOpen(host: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const { port, token } = JSON.parse(readFileSync(ACCESS_FILE, 'utf8')) as LabAccess;
    const socket = connect(port, '127.0.0.1', () => {
      const agent = OWN_HOST === null ? null : AGENT;
      writeLine(socket, { type: 'shell', token, host, agent, fenced: fencedHosts.has(host) });
      resolve(socket);
    });
    socket.on('error', () => resolve(null));
    readLines(socket, (message) => heard(message as { type: string; id?: string; envelope?: unknown }));
  });
}

function heard(message: { readonly type: string; readonly id?: string; readonly envelope?: unknown }): void {
  if (message.type === 'die') return endWithHost();
  if (message.type === 'cut') return end();
  if (message.id !== undefined) waiting.get(message.id)?.answered(message.envelope);
}

/** The host goes down: with it the agent that stands on it, and this shell. */
function endWithHost(): void {
  if (OWN_HOST !== null && process.ppid === AGENT && AGENT > 1) {
    try {
      process.kill(AGENT, 'SIGKILL');
    } catch {
      // It was gone already.
    }
  }
  end();
}

/** The line is cut: nothing more is heard of this shell. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
