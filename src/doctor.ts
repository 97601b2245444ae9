import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { OperatorError } from '../activities/failures.ts';
import { chooseServer } from './client/server-link.ts';
import { connect, type ConnectOptions } from './temporal/connection.ts';
import { lookForServerProgram } from './temporal/server-program.ts';
import { readUpState } from './up/state.ts';

/** One thing that was looked at on this machine. */
export interface Finding {
  readonly name: string;
  /** `missing`: something does not work without it; `note`: something may be better. */
  readonly verdict: 'good' | 'note' | 'missing';
  readonly found: string;
  /** What to do, in one imperative sentence; null where nothing is to do. */
  readonly advice: string | null;
}

export interface Examination {
  readonly directory: string;
  /** host:port of the server; null: as for every command. */
  readonly address: string | null;
  /** Whether to measure how fast the server hands work over, in some seconds. */
  readonly measures: boolean;
}

/** Looks at all that ssis-ha needs on this machine. Changes nothing. */
export async function examine({ directory, address, measures }: Examination): Promise<readonly Finding[]> {
  const [program, folder, powershell] = await Promise.all([serverProgram(), stateFolder(directory), shell()]);
  return [nodeVersion(), program, ...(await server({ directory, address, measures })), powershell, folder];
}

const OLDEST_NODE = [20, 20] as const;

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    name: 'Node.js',
    verdict: isEnough ? 'good' : 'missing',
    found: process.versions.node,
    advice: isEnough ? null : `Install Node.js ${OLDEST_NODE.join('.')} or later from https://nodejs.org.`,
  };
}

async function serverProgram(): Promise<Finding> {
  const { found, rejected } = await lookForServerProgram({});
  const others = rejected.map(({ where, why }) => `${where} ${why}`).join('; ');
  if (found !== null) {
    const why = others === '' ? '' : ` (${others})`;
    return {
      name: 'Temporal program',
      verdict: 'good',
      found: `${found.version} at ${found.path}${why}`,
      advice: null,
    };
  }
  return {
    name: 'Temporal program',
    verdict: 'note',
    found: `none: ${others}`,
    advice:
      '"ssis-ha up" fetches one where it may; else install the Temporal CLI (https://docs.temporal.io/cli) and name it in TEMPORAL_CLI_PATH. Not needed with a server elsewhere.',
  };
}

async function server({ directory, address, measures }: Examination): Promise<readonly Finding[]> {
  const name = 'Temporal server';
  try {
    const chosen = chooseServer({ directory, address });
    const reached = await connect(chosen);
    await reached.close();
    const good: Finding = {
      name,
      verdict: 'good',
      found: `answers at ${reached.address}, namespace ${reached.namespace}`,
      advice: null,
    };
    return measures ? [good, await handOver(chosen)] : [good];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [{ name, verdict: 'note', found: error.message, advice: error.advice }];
  }
}

async function handOver(chosen: ConnectOptions): Promise<Finding> {
  const name = 'Hand-over to workers';
  try {
    // Half a second to load, and only wanted here.
    const [{ measureHandOver }, { DefaultLogger, Runtime }] = await Promise.all([
      import('./temporal/hand-over.ts'),
      import('@temporalio/worker'),
    ]);
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const { verdict, sentence, settings } = await measureHandOver(chosen);
    const advice =
      settings.length === 0 ? null : `Set ${settings.join(' and ')} in the server's dynamic configuration.`;
    return { name, verdict: verdict === 'quick' ? 'good' : 'note', found: sentence, advice };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { name, verdict: 'note', found: error.message, advice: error.advice };
  }
}

const SHELLS = process.platform === 'win32' ? ['powershell.exe', 'pwsh.exe'] : ['pwsh'];

/** Agents run PowerShell on their hosts; the lab brings its own. */
async function shell(): Promise<Finding> {
  const name = 'PowerShell';
  const named = process.env['NODE_POWERSHELL'];
  const folders = (process.env['PATH'] ?? process.env['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '');
  const places = named
    ? [named]
    : SHELLS.flatMap((program) => folders.map((folder) => join(folder, program)));
  for (const place of places) {
    if (await may(place, constants.X_OK)) return { name, verdict: 'good', found: place, advice: null };
  }
  return {
    name,
    verdict: 'note',
    found: named ? `NODE_POWERSHELL names ${named}, which cannot be run` : 'none on PATH',
    advice:
      'Only an agent that serves hosts needs it: run the agent on the Windows host itself, or install PowerShell 7.',
  };
}

async function stateFolder(directory: string): Promise<Finding> {
  const name = 'Folder';
  if (!(await may(directory, constants.F_OK))) {
    const found = `${directory} does not exist yet`;
    return {
      name,
      verdict: 'note',
      found,
      advice: `Start what is needed there: ssis-ha up --dir ${directory}`,
    };
  }
  if (!(await may(directory, constants.W_OK))) {
    const found = `${directory} may not be written`;
    return { name, verdict: 'missing', found, advice: 'Name a folder of your own: --dir DIR' };
  }
  const records = (await readdir(join(directory, 'runs')).catch(() => [])).filter(
    (file) => !file.startsWith('.'),
  );
  const up = readUpState(directory);
  const keeper = up?.keeper ? `"ssis-ha up" runs as process ${up.keeper}` : 'no "ssis-ha up" runs there';
  return {
    name,
    verdict: 'good',
    found: `${directory}: ${keeper}, ${records.length} records of runs`,
    advice: null,
  };
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
