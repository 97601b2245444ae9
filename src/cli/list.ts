import type { Command } from 'commander';
import { presentList } from '../present/list.ts';
import { withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf } from './face.ts';

/** `ssis-ha list`: runs that go on and runs that ended. */
export const addList: AddCommand = (program) => {
  const command = program
    .command('list')
    .summary('list the runs')
    .description('Lists the runs that go on and those that ended, the last started first.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const runs = await withClient(face, (client) => client.list());
      if (face.json) face.printJson(runs);
      else face.print(presentList(runs, face.style));
    });
  examples(command, 'ssis-ha list', 'ssis-ha list --json');
};
