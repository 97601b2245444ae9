import type { Command } from 'commander';
import { presentSheet } from '../present/sheets.ts';
import { counted } from '../present/measures.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

interface RequestsOptions {
  readonly output?: string;
  readonly force?: boolean;
}

/** `ssis-ha requests`: what the other teams must do before a run, as sheets for them. */
export const addRequests: AddCommand = (program) => {
  const command = program
    .command('requests')
    .summary('write what other teams must do first')
    .description(
      'Writes one sheet each for the directory, network, security and back-up teams, from the site file alone: what is wanted, why, and a line to check it with. Without -o they are printed. Needs no server, and reaches no host.',
    )
    .argument('<SITE>', 'the site file')
    .option('-o, --output <DIR>', 'folder for directory.md, network.md, security.md and backup.md')
    .option('--force', 'write over sheets that were edited by hand')
    .action(async (site: string, options: RequestsOptions, self: Command) =>
      requests(site, options, faceOf(self)),
    );
  examples(command, 'ssis-ha requests site.yaml -o requests', 'ssis-ha requests site.yaml --json');
};

async function requests(site: string, { output, force }: RequestsOptions, face: Face): Promise<void> {
  const [{ readSiteFile }, { requestsFor, writeSheets }] = await Promise.all([
    import('../site-file.ts'),
    import('../requests.ts'),
  ]);
  const sheets = requestsFor(readSiteFile(site));
  const files = output === undefined ? [] : await writeSheets(sheets, output, { force: force === true });
  if (face.json) {
    return face.printJson({ version: 1, sheets, files });
  }
  if (output === undefined) return face.print(sheets.map(presentSheet));
  face.print([
    ...files.map(({ path, outcome }, at) => {
      const wanted = sheets[at]?.requests.filter((request) => !('notNeeded' in request)).length ?? 0;
      return `${path}: ${counted(wanted, 'request')}, ${OUTCOME_WORDS[outcome]}`;
    }),
    `Hand them out. What is still open, preflight tells: ${face.style.command(`check --live ${site}`)}`,
  ]);
}

const OUTCOME_WORDS = {
  written: 'written',
  unchanged: 'unchanged',
  updated: 'written anew',
  overwritten: 'written over what was edited by hand',
} as const;
