import type { Command } from 'commander';
import { examples } from './command.ts';
import { faceOf } from './face.ts';

/** `ssis-ha lab estates`: what may stand there before a run comes to it. */
export function addEstates(lab: Command): void {
  const command = lab
    .command('estates')
    .summary('list what may stand there already')
    .description('Lists the estates that the lab can begin with, beside one whose machines are fresh.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { labEstates } = await import('../up/run-lab.ts');
      const estates = labEstates();
      if (face.json) return face.printJson(estates);
      const column = Math.max(...estates.map(({ name }) => name.length));
      face.print(estates.map(({ name, title }) => `${name.padEnd(column)}  ${title}`));
    });
  examples(command, 'ssis-ha lab estates --json', 'ssis-ha lab --estate existing-ssisdb');
}
