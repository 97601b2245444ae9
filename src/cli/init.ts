import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Misuse } from '../failures.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

const DEFAULT_FILE = 'site.yaml';

/** `ssis-ha init`: a site file to begin with. */
export const addInit: AddCommand = (program) => {
  const command = program
    .command('init')
    .summary('write a commented site file to begin with')
    .description('Writes a commented site file to begin with. A file that is there is never overwritten.')
    .argument('[FILE]', 'the file to write', DEFAULT_FILE)
    .action(async (file: string, _options: unknown, self: Command) => init(file, faceOf(self)));
  examples(command, 'ssis-ha init site.yaml');
};

async function init(file: string, face: Face): Promise<void> {
  const { SITE_TEMPLATE } = await import('./site-template.ts');
  const isAsked = face.isTerminal && process.stdin.isTTY && !face.json;
  const text = isAsked ? await withAnswers(SITE_TEMPLATE) : SITE_TEMPLATE;
  await writeNew(file, text);
  if (face.json) return face.printJson({ path: file });
  face.print([
    `Wrote ${file}. Put the names, addresses and accounts of your estate into it; no secret belongs there.`,
    `Then look whether it is whole: ${face.style.command(`check ${file}`)}`,
  ]);
}

interface Asked {
  readonly question: string;
  readonly given: string;
  readonly pattern: RegExp;
  readonly put: (template: string, answer: string) => string;
}

const ASKED: readonly Asked[] = [
  {
    question: 'Name of the site',
    given: 'ssis-example',
    pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
    put: (template, answer) => template.replaceAll('ssis-example', answer),
  },
  {
    question: 'DNS domain',
    given: 'example.com',
    pattern: /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/,
    put: (template, answer) =>
      template
        .replaceAll(
          'DC=example,DC=com',
          answer
            .split('.')
            .map((label) => `DC=${label}`)
            .join(','),
        )
        .replaceAll('example.com', answer),
  },
  {
    question: 'NetBIOS name of the domain',
    given: 'EXAMPLE',
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$/,
    put: (template, answer) => template.replaceAll(/\bEXAMPLE\b/g, answer),
  },
];

/** Enter takes what stands in brackets; the end of the input takes all of it. */
async function withAnswers(template: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Lines that are typed ahead, or pasted together, wait here for their question.
  const lines = terminal[Symbol.asyncIterator]();
  let text = template;
  for (const { question, given, pattern, put } of ASKED) {
    let answer: string;
    do {
      terminal.setPrompt(`${question} [${given}]: `);
      terminal.prompt();
      const typed = await lines.next();
      answer = (typed.done ? '' : typed.value.trim()) || given;
    } while (!pattern.test(answer));
    text = put(text, answer);
  }
  terminal.close();
  return text;
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    if (code === 'EEXIST') {
      throw new Misuse(`${file} exists already`, 'Name another file, or move this one away.');
    }
    throw new Misuse(
      `${file} cannot be written (${code})`,
      'Name a file in a folder that is there and yours.',
    );
  }
}
