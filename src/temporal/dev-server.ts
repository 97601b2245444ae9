import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../activities/failures.ts';
import { freePort, isPortFree } from './free-ports.ts';
import { DEV_SERVER_SETTINGS } from './hand-over-settings.ts';
import { reasonOf } from './reason.ts';
import { keepClosedRuns } from './retention.ts';
import { isServerAlive, nearbyConnection } from './server-answer.ts';
import { endProcess, isServerProcess, serverProcessEnd } from './server-process.ts';
import { readServerRecord, writeServerRecord } from './server-record.ts';
import type { ServerRecord } from './server-record.ts';

/** The namespace that the dev server always has. */
const DEV_SERVER_NAMESPACE = 'default';

const RETENTION_DAYS = 30;
const READY_TIMEOUT_MS = 60_000;
const END_PATIENCE_MS = 5_000;
const LOG = 'temporal-server.log';

export interface DevServerOptions {
  readonly program: { readonly path: string };
  /** Holds the database file, the log and the record of the running server; made when it is not there. */
  readonly directory: string;
  /** Give those of the server before when workers are to find the new one again. Free ones are picked otherwise. */
  readonly port?: number;
  readonly uiPort?: number;
  readonly narrate: (text: string) => void;
}

/** A Temporal dev server on this machine, on a database file of its own. */
export interface DevServer {
  /** host:port of the frontend, for clients and workers. */
  readonly address: string;
  /** The address of the vendor's web page. */
  readonly ui: string;
  readonly pid: number;
  readonly port: number;
  readonly uiPort: number;
  /** Its exit code; null when a signal ended it, or when another process had started it. */
  readonly exited: Promise<number | null>;
  /** Asks it to end, ends it after five seconds, and returns when it is gone. */
  readonly stop: () => Promise<void>;
  /** Lets this process end while the server goes on. Without it, a server that this process started keeps it alive. */
  readonly release: () => void;
}

/**
 * Starts the dev server on the database file of the directory and returns when it answers. What an earlier server
 * had on that file is still there, however it ended.
 *
 * The server belongs to no terminal: Ctrl+C does not reach it, and it outlives a killed parent; `runningDevServer`
 * finds it again. Two servers on one file would both write to it, so a second one is refused.
 * Throws an `OperatorError`, with the server's own last words when it ended.
 *
 * Source: SQLite, "Write-Ahead Logging" and "PRAGMA synchronous": with WAL and `synchronous=1` (NORMAL) a killed
 * process loses nothing; a power cut may lose the last transactions and never damages the file.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(options.directory);
  await refuseSecondServer(directory);
  const ports = {
    port: await wantedOrFree(options.port),
    uiPort: await wantedOrFree(options.uiPort),
  };
  const child = await launch(options.program.path, directory, ports);
  const server = startedServer(child, ports);
  await writeServerRecord(directory, { pid: server.pid, ...ports });
  await readiness(server, directory);
  options.narrate(`The Temporal server runs at ${server.address}, its web page at ${server.ui}.`);
  return server;
}

/** The server that works on the directory's database file and answers, whoever started it; null when there is none. */
export async function runningDevServer(directory: string): Promise<DevServer | null> {
  const real = await realpath(directory).catch(() => null);
  const record = real === null ? null : await readServerRecord(real);
  if (real === null || record === null) return null;
  const database = databaseOf(real);
  if (!(await isServerProcess(record.pid, database))) return null;
  if (!(await isServerAlive(`127.0.0.1:${record.port}`))) return null;
  return describeServer(record, serverProcessEnd(record.pid, database));
}

function databaseOf(directory: string): string {
  return join(directory, 'temporal.db');
}

async function refuseSecondServer(directory: string): Promise<void> {
  const record = await readServerRecord(directory);
  if (record === null || !(await isServerProcess(record.pid, databaseOf(directory)))) return;
  throw new OperatorError(
    `A Temporal server works on ${databaseOf(directory)} already: process ${record.pid}, at 127.0.0.1:${record.port}`,
    'Go on with that one, or end it first.',
  );
}

/** Another server on the wanted port would answer in place of ours, which could not even start. */
async function wantedOrFree(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return await freePort();
  if (await isPortFree(wanted)) return wanted;
  throw new OperatorError(
    `The Temporal server cannot have port ${wanted} of 127.0.0.1: it is taken, or it may not be used`,
    'End the program that listens on it, or give another port.',
  );
}

async function launch(program: string, directory: string, ports: Ports): Promise<ChildProcess> {
  const log = await open(join(directory, LOG), 'a');
  try {
    const child = spawn(program, serverArguments(databaseOf(directory), ports), {
      cwd: directory,
      // Profiles and addresses of other servers mean nothing to it, and a wrong one would keep it from starting.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'))),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw new OperatorError(
      `The Temporal server program ${program} cannot be started: ${reasonOf(error)}`,
      'Check the file and its permissions, or name another one in TEMPORAL_CLI_PATH.',
    );
  } finally {
    await log.close();
  }
}

interface Ports {
  readonly port: number;
  readonly uiPort: number;
}

function serverArguments(database: string, { port, uiPort }: Ports): readonly string[] {
  const listen = ['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)];
  const pragmas = ['journal_mode=WAL', 'synchronous=1'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  const settings = DEV_SERVER_SETTINGS.flatMap((setting) => ['--dynamic-config-value', setting]);
  const log = ['--log-level', 'warn'];
  return ['server', 'start-dev', ...listen, '--db-filename', database, ...pragmas, ...settings, ...log];
}

function startedServer(child: ChildProcess, ports: Ports): DevServer {
  if (child.pid === undefined) throw new Error('A process that was started has no process id');
  const exited = new Promise<number | null>((resolveExit) => {
    if (child.exitCode !== null || child.signalCode !== null) resolveExit(child.exitCode);
    else child.once('exit', resolveExit);
  });
  return { ...describeServer({ pid: child.pid, ...ports }, exited), release: () => child.unref() };
}

function describeServer({ pid, port, uiPort }: ServerRecord, exited: Promise<number | null>): DevServer {
  return {
    address: `127.0.0.1:${port}`,
    ui: `http://127.0.0.1:${uiPort}`,
    pid,
    port,
    uiPort,
    exited,
    stop: async () => await endProcess({ pid, exited, patienceMs: END_PATIENCE_MS }),
    release: () => undefined,
  };
}

/** Returns when the server answers and keeps closed runs long enough; ends it and throws when it does not come to that. */
async function readiness(server: DevServer, directory: string): Promise<void> {
  const ended = server.exited.then((code) => {
    throw new Error(`it ended with ${code ?? 'a signal'}`);
  });
  const connection = nearbyConnection(server.address, READY_TIMEOUT_MS);
  try {
    await Promise.race([connection.ensureConnected(), ended]);
    await keepClosedRuns(connection, DEV_SERVER_NAMESPACE, RETENTION_DAYS);
  } catch (error) {
    await server.stop();
    throw await notStarted(server, directory, error);
  } finally {
    await connection.close();
  }
}

async function notStarted(server: DevServer, directory: string, error: unknown): Promise<OperatorError> {
  const log = join(directory, LOG);
  const lastLine = (await readFile(log, 'utf8')).trim().split('\n').at(-1) ?? '';
  return new OperatorError(
    `The Temporal server did not start at ${server.address}: ${reasonOf(error)}. Its last words: ${lastLine}`,
    `Read ${log}; if the port is taken, end the program that has it.`,
  );
}
