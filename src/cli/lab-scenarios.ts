import type { Command } from 'commander';
import { examples } from './command.ts';
import { faceOf } from './face.ts';

/** `ssis-ha lab scenario …`: what goes wrong in real estates, to be practised on a simulated one. */
export function addScenarios(lab: Command): void {
  const scenario = lab
    .command('scenario')
    .summary('practise what goes wrong in real estates')
    .description('Puts what goes wrong in real estates into a running lab, and removes its cause again.');
  examples(scenario, 'ssis-ha lab scenario list', 'ssis-ha lab scenario add master-certificate-lost');
  addList(scenario);
  addChange(scenario, 'add', 'put something amiss', 'Puts something amiss into the estate of a running lab.');
  addChange(
    scenario,
    'mend',
    'remove the cause again',
    'Removes the cause, as the person would that is told of it; what came about since stays.',
  );
}

function addList(scenario: Command): void {
  const command = scenario
    .command('list')
    .summary('list what can be practised')
    .description('Lists what can be practised, on which estate it shows, and the source of each.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { labScenarios } = await import('../up/run-lab.ts');
      const scenarios = labScenarios();
      if (face.json) return face.printJson(scenarios);
      const column = Math.max(...scenarios.map(({ name }) => name.length));
      face.print(scenarios.map(({ name, on, title }) => `${name.padEnd(column)} ${on.padEnd(8)} ${title}`));
    });
  examples(command, 'ssis-ha lab scenario list --json');
}

function addChange(scenario: Command, what: 'add' | 'mend', summary: string, description: string): void {
  const command = scenario
    .command(`${what} <NAME>`)
    .summary(summary)
    .description(description)
    .action(async (name: string, _options: unknown, self: Command) => {
      const face = faceOf(self);
      const { practise } = await import('../lab-client.ts');
      const amiss = await practise(face.directory, what, name);
      if (face.json) face.printJson(amiss);
      else face.print([amiss.length === 0 ? 'Nothing is amiss on purpose.' : `Amiss: ${amiss.join(', ')}`]);
    });
  examples(command, `ssis-ha lab scenario ${what} master-certificate-lost`);
}
