import type { Command } from 'commander';
import { presentEnding } from '../present.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';

interface WatchOptions {
  readonly untilWaiting?: boolean;
}

/** `ssis-ha watch`: follows a run until it ends. */
export const addWatch: AddCommand = (program) => {
  const command = program
    .command('watch')
    .summary('follow a run until it ends')
    .description(
      'Follows a run until it ends, through restarts of server and workers. Ctrl+C leaves the run alone.',
    )
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on')
    .option('--until-waiting', 'leave, with exit code 3, as soon as the run waits for a person')
    .action(async (run: string | undefined, options: WatchOptions, self: Command) =>
      watch(run, options, faceOf(self)),
    );
  examples(command, 'ssis-ha watch', 'ssis-ha watch ssis-example --json');
};

async function watch(
  argument: string | undefined,
  { untilWaiting }: WatchOptions,
  face: Face,
): Promise<void> {
  const named = await namedRun(argument, face);
  await withClient(face, async (client) => {
    const ref = await client.find(named);
    const run = await follow(client, ref, face, { untilWaiting: untilWaiting === true });
    if (run === null) return;
    process.exitCode = EXIT_CODES[run.state];
    if (!face.json && run.endedAt !== null) face.print(presentEnding(run, face.style));
  });
}
