import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Misuse, OperatorError } from '../failures.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

const DEFAULT_FILE = 'site.yaml';

/** `ssis-ha init`: a site file to begin with. */
export const addInit: AddCommand = (program) => {
  const command = program
    .command('init')
    .summary('write a commented site file to begin with')
    .description(
      'Writes a commented site file to begin with. In a terminal it asks for names, addresses and accounts, and ' +
        'refuses at once what cannot be. A file that is there is never overwritten.',
    )
    .argument('[FILE]', 'the file to write', DEFAULT_FILE)
    .option('-y, --yes', 'ask nothing: write the example as it is')
    .action(async (file: string, options: { readonly yes?: boolean }, self: Command) =>
      init(file, options.yes === true, faceOf(self)),
    );
  examples(command, 'ssis-ha init site.yaml', 'ssis-ha init --yes site.yaml');
};

async function init(file: string, isExample: boolean, face: Face): Promise<void> {
  const { SITE_TEMPLATE, siteText } = await import('./site-template.ts');
  const isAsked = !isExample && face.isTerminal && process.stdin.isTTY && !face.json;
  if (isAsked) await refuseWhatCannotBeWritten(file);
  await writeNew(file, isAsked ? siteText(await answersFromTerminal(face)) : SITE_TEMPLATE);
  if (face.json) return face.printJson({ path: file });
  face.print([
    isAsked
      ? `Wrote ${file}. Folders, shares, ports and what else was not asked hold examples: read it once. No secret belongs there.`
      : `Wrote ${file}. Put the names, addresses and accounts of your estate into it; no secret belongs there.`,
    `Then look whether it is whole: ${face.style.command(`check ${file}`)}`,
  ]);
}

async function answersFromTerminal(face: Face) {
  const { askForSite } = await import('./site-questions.ts');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Lines that are typed ahead, or pasted together, wait here for their question.
  const lines = terminal[Symbol.asyncIterator]();
  face.narrate('Enter takes what stands in brackets. Nothing is written before the last answer.');
  try {
    return await askForSite({
      async ask(question) {
        terminal.setPrompt(question);
        terminal.prompt();
        const typed = await lines.next();
        if (typed.done === true) {
          face.narrate('');
          throw left();
        }
        return typed.value;
      },
      tell: face.narrate,
    });
  } finally {
    terminal.close();
  }
}

/** Ctrl+C and Ctrl+D end the lines. */
function left(): OperatorError {
  return new OperatorError(
    'The questions were left before the last answer; nothing was written',
    'Start again, or let it write an example to fill in yourself: ssis-ha init --yes.',
  );
}

/** Before anybody answers in vain. */
async function refuseWhatCannotBeWritten(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw refusal(file, 'EEXIST');
  await access(dirname(file), constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw refusal(file, error.code);
  });
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw refusal(file, error.code);
  });
}

function refusal(file: string, code = 'unknown cause'): Misuse {
  return code === 'EEXIST'
    ? new Misuse(`${file} exists already`, 'Name another file, or move this one away.')
    : new Misuse(`${file} cannot be written (${code})`, 'Name a file in a folder that is there and yours.');
}
