import type { Command } from 'commander';
import type { ShownRun } from '../client.ts';
import { presentRun } from '../present.ts';
import { namedRun, withClientOrRecord } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha status`: where a run stands, or how it ended. */
export const addStatus: AddCommand = (program) => {
  const command = program
    .command('status')
    .summary('show where a run stands')
    .description('Shows where a run stands, or how it ended; from its record where nobody can answer.')
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on, else the last one')
    .action(async (argument: string | undefined, _options: unknown, self: Command) => {
      const face = faceOf(self);
      const run = await seen(await namedRun(argument, face), face);
      process.exitCode = EXIT_CODES[run.state];
      if (face.json) face.printJson(run);
      else face.print(presentRun(run, Date.now(), face.style));
    });
  examples(command, 'ssis-ha status', 'ssis-ha status ssis-example --json');
};

async function seen(named: string | null, face: Face): Promise<ShownRun> {
  return withClientOrRecord(
    face,
    async (client) => {
      const { run, from, isOpen } = await client.look(await client.find(named));
      if (isOpen && from === 'record') face.narrate('No control worker answers; this is what it kept last.');
      return run;
    },
    async () => (await import('../client.ts')).lookAtRecord(face.directory, named),
  );
}
