import type { Command } from 'commander';
import { presentRehearsal } from '../present.ts';
import { withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';

/** `ssis-ha rehearse`: what a run would change, seen on the real machines. */
export const addRehearse: AddCommand = (program) => {
  const command = program
    .command('rehearse')
    .summary('say what a run would change, and change nothing')
    .description('Looks at every host and says what a run would change. Changes nothing and asks nothing.')
    .argument('<SITE>', 'the site file')
    .action(async (site: string, _options: unknown, self: Command) => rehearse(site, faceOf(self)));
  examples(command, 'ssis-ha rehearse site.yaml', 'ssis-ha rehearse site.yaml --json');
};

async function rehearse(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site, request } = readSiteFile(path);
  await withClient(face, async (client) => {
    const ref = await client.start({ site: site.site, request, mode: 'rehearse', by: face.by });
    const style = {
      ...face.style,
      command: (words: string) => face.style.command(words.replace('SITE', path)),
    };
    // The findings are told together at the end; what a pipe gets meanwhile would only be in the way.
    const isWatched = face.isTerminal && !face.json;
    const quiet = isWatched ? face : { ...face, json: false, isTerminal: false, print: () => undefined };
    const run = await follow(client, ref, quiet, { untilWaiting: false });
    if (run === null) return;
    process.exitCode = EXIT_CODES[run.state];
    if (face.json) face.printJson(run);
    else if (run.endedAt !== null) face.print(presentRehearsal(run, style));
  });
}
