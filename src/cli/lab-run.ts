import type { Command } from 'commander';
import { examples } from './command.ts';
import { faceOf } from './face.ts';

/** `ssis-ha lab run`, below the command `lab`: an exported file, run as its host's own shell would. */
export function addLabRun(lab: Command): void {
  const command = lab
    .command('run')
    .summary('run a file of "ssis-ha by-hand" on a host of the lab')
    .description(
      'Runs a file that "ssis-ha by-hand" has written on a host of the running lab, as a person would in a window there: it asks here, or reads one answer a line from standard input. Exit code 3: a restart pends.',
    )
    .argument('<FILE>', 'the file')
    .requiredOption('--host <HOST>', 'name of the host')
    .action(async (file: string, { host }: { readonly host: string }, self: Command) => {
      const { runOnLab } = await import('../up/run-by-hand.ts');
      process.exitCode = await runOnLab(faceOf(self).directory, file, host);
    });
  examples(command, 'ssis-ha lab run by-hand/001-1-create-cluster-NODE-A.ps1 --host NODE-A');
}
