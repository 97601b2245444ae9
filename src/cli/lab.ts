import type { Command } from 'commander';
import { examples, type AddCommand } from './command.ts';
import { faceOf } from './face.ts';
import { addEstates } from './lab-estates.ts';
import { addLabQuestions } from './lab-questions.ts';
import { addLabRun } from './lab-run.ts';
import { addScenarios } from './lab-scenarios.ts';
import { paceOf } from './up.ts';

interface LabOptions {
  readonly site?: string;
  readonly pace: string;
  readonly scenario: readonly string[];
  readonly estate?: string;
}

/** `ssis-ha lab`: the simulated estate. */
export const addLab: AddCommand = (program) => {
  const lab = program
    .command('lab')
    .summary('run a simulated estate alone; look at it, and plant faults in it')
    .description(
      'Runs a simulated estate alone until Ctrl+C, for agents that you start yourself ("up" runs all in one).',
    )
    .option('--site <FILE>', 'site file that the estate is built for (the sample site)')
    .option('--pace <N>', 'how long simulated work takes: 1 as in real life, 0 no waiting', '1')
    .option('--estate <NAME>', 'begin with what stands there already ("ssis-ha lab estates")')
    .option('--scenario <NAME...>', 'begin with something amiss ("ssis-ha lab scenario list")', [])
    .action(async (options: LabOptions, command: Command) => {
      const { runLab } = await import('../up/run-lab.ts');
      const { directory } = faceOf(command);
      process.exitCode = await runLab({
        directory,
        site: options.site ?? null,
        pace: paceOf(options.pace),
        scenarios: options.scenario,
        estate: options.estate ?? null,
      });
    });
  examples(
    lab,
    'ssis-ha lab --dir ./try --pace 0.01',
    'ssis-ha lab show --json',
    'ssis-ha lab fault add --host NODE-A --script newCluster --kind drop',
  );
  addLabQuestions(lab);
  addScenarios(lab);
  addEstates(lab);
  addLabRun(lab);
};
