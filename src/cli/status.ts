import type { Command } from 'commander';
import type { ShownRun } from '../client.ts';
import { OperatorError } from '../failures.ts';
import { presentRun } from '../present.ts';
import { namedRun, withClient } from './client-of.ts';
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

/** Without a server, what the folder keeps is better than nothing. */
async function seen(named: string | null, face: Face): Promise<ShownRun> {
  try {
    return await withClient(face, async (client) => {
      const { run, from, isOpen } = await client.look(await client.find(named));
      if (isOpen && from === 'record') face.narrate('No control worker answers; this is what it kept last.');
      return run;
    });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { lookAtRecord } = await import('../client.ts');
    const run = await lookAtRecord(face.directory, named).catch(() => null);
    if (run === null) throw error;
    face.narrate(`${error.message}. This is what was kept last. ${error.advice}`);
    return run;
  }
}
