import type { Command } from 'commander';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf } from './face.ts';
import { forecastLines } from './forecast.ts';

/** `ssis-ha what-if-stopped`: what an undo begun now would do. */
export const addWhatIfStopped: AddCommand = (program) => {
  const command = program
    .command('what-if-stopped')
    .summary('say what an undo would do now')
    .description('Says what an undo begun now would take back, what it would ask about, and what would stay.')
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on')
    .action(async (argument: string | undefined, _options: unknown, self: Command) => {
      const face = faceOf(self);
      const named = await namedRun(argument, face);
      await withClient(face, async (client) => {
        const ref = await client.find(named);
        const forecast = await client.whatIfStopped(ref);
        if (face.json) face.printJson(forecast);
        else face.print(await forecastLines(client, ref, forecast, face.style));
      });
    });
  examples(command, 'ssis-ha what-if-stopped');
};
