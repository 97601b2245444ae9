import type { Command } from 'commander';
import type { LabScenario } from '../up/run-lab.ts';
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
    .description('Lists what can be practised, on which estate it shows, and how a run meets it.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { labScenarios } = await import('../up/run-lab.ts');
      const scenarios = labScenarios();
      if (face.json) return face.printJson(scenarios);
      face.print(grouped(scenarios));
    });
  examples(command, 'ssis-ha lab scenario list --json');
}

type Listed = Pick<LabScenario, 'name' | 'description' | 'on' | 'kind' | 'where'>;

/** By the estate that a scenario shows on, and by how it ends. */
function grouped(scenarios: readonly Listed[]): string[] {
  const column = Math.max(...scenarios.map(({ name }) => name.length));
  return ESTATES.flatMap(([on, estate]) =>
    ENDINGS.flatMap(([kind, ending]) => {
      const own = scenarios.filter((scenario) => scenario.on === on && scenario.kind === kind);
      return own.length === 0
        ? []
        : ['', `${estate}: ${ending}`, ...own.map((one) => `  ${one.name.padEnd(column)} ${inWords(one)}`)];
    }),
  ).slice(1);
}

function inWords({ description, where }: Listed): string {
  return where === null ? description : `${description} (${where})`;
}

const ESTATES = [
  ['fresh', 'On an estate where nothing is installed yet'],
  ['finished', 'On one that a run has finished'],
] as const;

const ENDINGS: readonly (readonly [LabScenario['kind'], string])[] = [
  ['found-at-the-start', 'found before anything is changed, by the step in brackets'],
  ['asked-about', 'told by the step in brackets, which carries on once the cause is removed'],
  ['shown-at-a-gate', 'shown in the question of the step in brackets'],
  ['mended', 'mended by the step in brackets'],
  ['borne', 'no trouble to anybody'],
];

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
