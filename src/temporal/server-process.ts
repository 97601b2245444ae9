import { readFile } from 'node:fs/promises';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { runProgram } from './run-program.ts';

const LISTING_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 100;

/**
 * Whether the process is alive and is a Temporal server on this database file. A recorded process id alone proves
 * nothing: after a restart of the machine it may be anybody's, and what is asked here decides whether it is killed.
 */
export async function isServerProcess(pid: number, database: string): Promise<boolean> {
  try {
    const command = await commandOf(pid);
    if (process.platform === 'win32') return command.includes('temporal');
    return command.includes('start-dev') && command.includes(database);
  } catch {
    return false;
  }
}

/**
 * Windows tells the program's name only; a process that has ended but is not yet collected has no command line.
 *
 * Source: proc(5), `/proc/PID/cmdline`; ps(1), `args`; Windows commands, `tasklist`.
 */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  const [program, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/FO', 'CSV', '/NH', '/FI', `PID eq ${pid}`]
      : ['ps', '-ww', '-o', 'args=', '-p', String(pid)];
  return await runProgram({ program, args, env: process.env, timeoutMs: LISTING_TIMEOUT_MS });
}

/** Waits for the end of a server that this process did not start. No system reports that to anyone but its parent, so it is asked for. */
export async function serverProcessEnd(pid: number, database: string): Promise<null> {
  while (await isServerProcess(pid, database)) await pause(LOOK_EVERY_MS, undefined, { ref: false });
  return null;
}

export interface Ending {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  readonly patienceMs: number;
}

/** Asks a process to end, ends it when it has not within the patience, and returns when it is gone. */
export async function endProcess({ pid, exited, patienceMs }: Ending): Promise<void> {
  // Once it is gone its id may be another process's.
  if (await Promise.race([exited.then(() => true), immediate(false)])) return;
  send(pid, 'SIGTERM');
  const timer = setInterval(() => send(pid, 'SIGKILL'), patienceMs);
  await exited;
  clearInterval(timer);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it is gone already, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
