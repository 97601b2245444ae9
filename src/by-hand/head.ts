import type { Step } from '../../activities/step.ts';
import type { Chapter } from '../../activities/steps/chapter.ts';
import type { PlannedStep, StepSnapshot } from '../../workflows/contract.ts';
import type { Performed } from './perform-on-paper.ts';

interface Heading {
  readonly chapter: Chapter;
  readonly step: Step;
  readonly planned: PlannedStep;
  readonly performed: Performed;
  readonly standing: Pick<StepSnapshot, 'state' | 'problem'> | null;
  readonly number: number;
}

/** What a DBA reads before running the file: what it is, why, what it stops, what must be weighed, what cannot be undone. */
export function headOf({ chapter, step, planned, performed, standing, number }: Heading): string {
  const { title, host, key, why, interrupts } = planned;
  const problem = standing?.problem;
  return [
    `${number}. ${title}, on ${host}`,
    `Chapter ${chapter.number} of the procedure: ${chapter.title}. Step ${key}.`,
    '',
    `Why: ${why}`,
    `Where: on ${host}, in an elevated window, as an account that may administer the host and is sysadmin on its engine.`,
    ...(step.kind === 'check'
      ? ['It looks, and changes nothing.']
      : [`Interrupts: ${interrupts.length === 0 ? 'nothing' : interrupts.join(', ')}.`]),
    ...(planned.holds.length > 1
      ? [`Nobody may change or restart ${planned.holds.slice(1).join(', ')} meanwhile.`]
      : []),
    ...(step.once ? ['Once only: after an error look at what it left before running it again.'] : []),
    ...(performed.before.gate === null ? [] : [`To be weighed: ${performed.before.gate}`]),
    ...performed.before.notes.map((note) => `Seen on paper: ${note}`),
    ...(planned.undo.kind === 'kept' && step.kind === 'change' ? [`No undo: ${planned.undo.reason}`] : []),
    ...(problem ? ['', `The run was stuck here: ${problem.message}`, problem.advice] : []),
    '',
    ...(step.kind === 'check'
      ? ['What differs from what it wants is for you to weigh.']
      : [
          'It looks, asks, changes, and looks until it holds; what is in place is left alone, so it can be run again.',
        ]),
    ...(planned.proves === null
      ? []
      : ['It asks before each move. It may be left out: failover is not proven then.']),
  ].join('\n');
}
