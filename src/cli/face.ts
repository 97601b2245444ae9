import { resolve } from 'node:path';
import type { Command } from 'commander';
import { abilities, type Style } from '../present/style.ts';
import { userOfMachine } from '../user-of-machine.ts';

/** How a command speaks: results on standard output, everything else on standard error. */
export interface Face {
  /** Holds what an `up` keeps, and the records of runs. */
  readonly directory: string;
  /** Who speaks: claimed, not proven. */
  readonly by: string;
  readonly json: boolean;
  /** host:port of the server; null: the environment, a profile or the `up` of the folder say. */
  readonly address: string | null;
  /** The run that is meant, by id, workflow id or site; null: the one that goes on. */
  readonly run: string | null;
  readonly style: Style;
  /** Whether somebody sits in front of it. */
  readonly isTerminal: boolean;
  readonly print: (lines: readonly string[]) => void;
  /** One JSON document: one line in a pipe, laid out in a terminal. */
  readonly printJson: (document: unknown) => void;
  readonly narrate: (text: string) => void;
}

/** What stands before or behind every command. */
export interface GlobalOptions {
  readonly dir?: string;
  readonly by?: string;
  readonly json?: boolean;
  readonly address?: string;
  readonly run?: string;
}

const DEFAULT_DIRECTORY = '.ssis-ha';

export function addGlobalOptions(program: Command): void {
  program
    .option('--dir <DIR>', 'folder of an "ssis-ha up" and of the records of runs (or SSIS_HA_DIR; .ssis-ha)')
    .option('--json', 'print JSON instead of words')
    .option('--by <NAME>', 'who speaks: claimed, not proven (the user of this machine)')
    .option(
      '--address <HOST:PORT>',
      'the Temporal server (TEMPORAL_* or a profile, else the server of --dir)',
    )
    .option('--run <RUN>', 'the run that is meant: site, run id or workflow id (the one that goes on)');
}

export function faceOf(command: Command): Face {
  const options = command.optsWithGlobals<GlobalOptions>();
  const isTerminal = process.stdout.isTTY && process.env['TERM'] !== 'dumb';
  return {
    directory: directoryOf(options),
    by: options.by ?? userOfMachine(),
    json: options.json === true,
    address: options.address ?? null,
    run: options.run ?? null,
    style: { ...abilities(process.stdout, process.env), command: (words) => commandToType(words, options) },
    isTerminal,
    print: (lines) => void process.stdout.write(lines.map((line) => `${line}\n`).join('')),
    printJson: (document) =>
      void process.stdout.write(`${JSON.stringify(document, null, isTerminal ? 2 : undefined)}\n`),
    narrate: (text) => void process.stderr.write(`${text}\n`),
  };
}

export function directoryOf({ dir }: GlobalOptions): string {
  return resolve(dir ?? (process.env['SSIS_HA_DIR'] || DEFAULT_DIRECTORY));
}

/** Repeats what had to be said so that this command found its run; the environment needs no repeating. */
function commandToType(words: string, { dir, address, run }: GlobalOptions): string {
  const told = [
    ...(dir === undefined ? [] : ['--dir', quoted(dir)]),
    ...(address === undefined ? [] : ['--address', address]),
    ...(run === undefined || / --run |^list|^(plan|rehearse|start) /.test(words) ? [] : ['--run', run]),
  ];
  return ['ssis-ha', words, ...told].join(' ');
}

function quoted(text: string): string {
  return /^[\w./:\\-]+$/.test(text) ? text : `"${text}"`;
}
