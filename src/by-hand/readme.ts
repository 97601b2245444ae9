import type { Plan, RunSnapshot } from '../../workflows/contract.ts';
import type { HandStep } from './write-steps.ts';

interface Told {
  readonly run: RunSnapshot;
  readonly plan: Plan;
  readonly steps: readonly HandStep[];
  readonly secrets: readonly string[];
  readonly writtenAt: Date;
}

/** What is done, what is left and in which order, and what a person must weigh. */
export function readme({ run, plan, steps, secrets, writtenAt }: Told): string {
  const files = steps.filter(({ about }) => about.kind === 'file');
  return [
    `# ${inline(run.site)} by hand`,
    '',
    `What run \`${run.runId}\` of \`${inline(run.workflowId)}\` (${run.mode}, ${run.state}) had left on ${writtenAt.toISOString()}: ${files.length} of ${steps.length} steps have a file.`,
    ...(run.planHash === null || run.planHash === plan.hash
      ? []
      : [
          '',
          '**The plan of that run was made from another site file, or by another build of ssis-ha**: compare the steps before you begin.',
        ]),
    '',
    'Before you begin: **stop the run** (`ssis-ha stop`), so that nobody else changes what you change. Then run the files in their order, each on its host, in one elevated window of Windows PowerShell 5.1 or PowerShell 7 on each host:',
    '',
    '    powershell -NoProfile -ExecutionPolicy Bypass -NoExit -File .\\001-….ps1',
    '',
    'Each file looks first and leaves alone what is in place; it asks before it changes anything; it looks until its change holds. Values that only the estate knows are read by those looks on the day. Where a file ends at a restart, run `restart-HOST.ps1`, and then that file again. Statements sign in to the engines as the account of the window.',
    '',
    ...(secrets.length === 0
      ? []
      : [
          'Have these secrets at hand; they are asked for, and stand in no file:',
          '',
          ...secrets.map((name) => `- \`${inline(name)}\``),
          '',
        ]),
    ...questionsOf(run),
    '## Steps',
    '',
    ...chaptersOf(steps),
  ].join('\n');
}

function questionsOf({ questions }: RunSnapshot): string[] {
  if (questions.length === 0) return [];
  return [
    '## Questions that the run had asked and nobody had answered',
    '',
    ...questions.flatMap(({ stepKey, seen }) => [`- \`${inline(stepKey)}\`: ${seen.map(inline).join(' ')}`]),
    '',
  ];
}

function chaptersOf(steps: readonly HandStep[]): string[] {
  const chapters = [...new Set(steps.map(({ chapter }) => chapter))];
  return chapters.flatMap((chapter) => [
    `### ${chapter.number}. ${inline(chapter.title)}`,
    '',
    '| step | on | what to do |',
    '|---|---|---|',
    ...steps.filter((step) => step.chapter === chapter).map(rowOf),
    '',
  ]);
}

function rowOf({ planned, about, standing }: HandStep): string {
  return `| ${inline(planned.title)} | ${inline(planned.host)} | ${whatToDo(about)}${stuckAt(standing)} |`;
}

function whatToDo(about: HandStep['about']): string {
  switch (about.kind) {
    case 'file':
      return `[${about.name}](${about.name})`;
    case 'done':
      return 'done by the run';
    case 'skipped':
      return 'skipped by somebody: decide whether it may stay so';
    case 'nothing to run':
      return 'nothing: it looks at the site file, or at what the tool itself needs';
    case 'not on paper':
      return `**no file**: ${inline(about.reason)}. Follow the procedure for it`;
  }
}

function stuckAt(standing: HandStep['standing']): string {
  return standing?.problem ? `. The run was stuck: ${inline(standing.problem.message)}` : '';
}

/** A value of the site in a table of Markdown: one line that opens nothing. */
function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|]/g, String.raw`\$&`);
}
