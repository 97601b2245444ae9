import type { Command } from 'commander';
import { Argument } from 'commander';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { examples, type AddCommand } from './command.ts';
import { directoryOf, type GlobalOptions } from './face.ts';

/**
 * bash breaks words at an @, which every key of a step holds; and the words themselves come from a package
 * that is not installed everywhere.
 *
 * Source: *Bash Reference Manual*, COMP_WORDBREAKS and COMP_WORDS; bash-completion, _get_comp_words_by_ref.
 */
const BASH_BEFOREHAND = `COMP_WORDBREAKS=\${COMP_WORDBREAKS//@/}
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref() {
        cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
        words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
    }
fi
`;

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * `ssis-ha completion SHELL`: the script that lets a shell complete commands, options, site files and the
 * keys of steps that ask. The script asks `ssis-ha complete` what there is; `build` makes the program anew
 * for that, without these two.
 */
export function addCompletion(build: () => Command): AddCommand {
  return (program) => {
    const command = program
      .command('completion')
      .summary('print the completion script of a shell')
      .description(
        'Prints the script that lets a shell complete commands, options, site files and keys of steps.',
      )
      .addArgument(new Argument('<SHELL>', 'your shell').choices(SHELLS))
      .action(async (shell: string) => {
        const { script } = await import('@bomb.sh/tab');
        if (shell === 'bash') process.stdout.write(BASH_BEFOREHAND);
        script(shell, program.name(), program.name());
      });
    examples(
      command,
      'source <(ssis-ha completion bash)',
      'ssis-ha completion fish > ~/.config/fish/completions/ssis-ha.fish',
      'ssis-ha completion powershell | Out-String | Invoke-Expression',
    );
    program
      .command('complete [WORDS...]', { hidden: true })
      .description('Answers the completion script.')
      .helpOption(false)
      .allowUnknownOption()
      .action(async (_words: unknown, _options: unknown, self: Command) => {
        const words = process.argv.slice(process.argv.indexOf('--') + 1);
        await complete(words, build(), self.optsWithGlobals<GlobalOptions>());
      });
  };
}

async function complete(words: readonly string[], program: Command, options: GlobalOptions): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  for (const command of program.commands) command.description(command.summary() || command.description());
  const root = tab(program, { completionCommandName: 'completion' });
  const runs = await openRuns(directoryOf(options));
  const files = await siteFiles(words.at(-1) ?? '');
  for (const [commandName, command] of root.commands) {
    for (const option of program.options) {
      const name = option.long?.slice(2);
      if (name === undefined || command.options.has(name)) continue;
      if (option.required) command.option(name, option.description, () => undefined);
      else command.option(name, option.description);
    }
    const stepKeys = commandName === 'approve-ahead' ? keysToCome : keysThatAsk;
    const values = command.arguments.has('STEPKEY')
      ? stepKeys(runs)
      : command.arguments.has('SITE')
        ? files
        : null;
    const [argument] = command.arguments.keys();
    if (values === null || argument === undefined) continue;
    command.argument(argument, (tell) =>
      values.forEach(({ value, description }) => tell(value, description)),
    );
  }
  root.parse([...words]);
}

interface Value {
  readonly value: string;
  readonly description: string;
}

/** From the records of runs: a shell that waits for a server at every key would be worse than none. */
async function openRuns(directory: string): Promise<readonly RunSnapshot[]> {
  const { openRunRecords } = await import('../run-record.ts');
  return (await openRunRecords(directory).list()).filter(({ endedAt }) => endedAt === null);
}

function keysThatAsk(runs: readonly RunSnapshot[]): readonly Value[] {
  return runs.flatMap(({ steps, questions }) =>
    questions.map(({ stepKey }) => ({
      value: stepKey,
      description: steps.find(({ key }) => key === stepKey)?.title ?? '',
    })),
  );
}

function keysToCome(runs: readonly RunSnapshot[]): readonly Value[] {
  const toCome = runs.flatMap(({ steps }) => steps.filter(({ state }) => state === 'pending'));
  return toCome.map(({ key, title }) => ({ value: key, description: title }));
}

/** Site files, and folders on the way to them, beside what is typed already. */
async function siteFiles(typed: string): Promise<readonly Value[]> {
  const { readdir } = await import('node:fs/promises');
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => /\.ya?ml$/.test(entry.name) || (entry.isDirectory() && !entry.name.startsWith('.')))
    .map((entry) => {
      const value = `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`;
      return { value, description: entry.isDirectory() ? 'folder' : 'site file' };
    });
}
