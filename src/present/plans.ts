import type { Plan, PlannedStep, UndoForecast } from '../../workflows/contract.ts';
import type { ShownRun, ShownStep } from '../client/shown-run.ts';
import { presentEnding } from './ending.ts';
import { counted } from './measures.ts';
import { notesOn } from './planned-step.ts';
import { bold, cut, dim, toned, wrapped, type Style } from './style.ts';
import { undoExtent, type UndoSight } from './undo-extent.ts';
import { chapterTitle } from './words.ts';

/** The plan: chapter by chapter, what is done where, and what to know of it beforehand. */
export function presentPlan(plan: Plan, siteFile: string, style: Style): readonly string[] {
  const chapters = [...new Set(plan.steps.map((step) => step.chapter))];
  const changes = plan.steps.filter((step) => step.kind === 'change').length;
  return [
    ...chapters.flatMap((chapter) => {
      const steps = plan.steps.filter((step) => step.chapter === chapter);
      const heading = `${String(chapter).padStart(2)} ${chapterTitle(chapter)}`;
      return [
        `${bold(heading, style)} ${dim(counted(steps.length, 'step'), style)}`,
        ...steps.flatMap((step) => planLines(step, plan, style)),
      ];
    }),
    `${counted(plan.steps.length, 'step')}: ${changes} that may change something, ${plan.steps.length - changes} that only look.`,
    `Plan ${plan.hash}`,
    `Made by ssis-ha ${plan.build.version}, scripts ${plan.build.scripts.slice(0, 12)}.`,
    `Next, see what it would change: ${style.command(`rehearse ${siteFile}`)}`,
  ];
}

function planLines(step: PlannedStep, plan: Plan, style: Style): readonly string[] {
  const hostColumn = Math.max(...plan.steps.map(({ host }) => host.length));
  const titleColumn = Math.max(16, Math.min(52, style.width - hostColumn - 30));
  const title = cut(step.title, titleColumn).padEnd(titleColumn);
  return [`   ${title} ${step.host.padEnd(hostColumn)} ${dim(notesOn(step).join(' · '), style)}`.trimEnd()];
}

/** What a rehearsal found: what would change, what cannot be seen yet, what stands in the way. */
export function presentRehearsal(run: ShownRun, style: Style): readonly string[] {
  const wanting = run.steps.filter((step) => step.state !== 'in-place');
  const inPlace = run.steps.length - wanting.length;
  return [
    ...wanting.flatMap((step) => rehearsedLines(step, style)),
    `${counted(inPlace, 'step')} in place already, ${wanting.length} not.`,
    ...presentEnding(run, style),
  ];
}

function rehearsedLines(step: ShownStep, style: Style): readonly string[] {
  const name = `${step.title} (${step.host})`;
  if (step.problem !== null) {
    return [
      `${toned('x', 'bad', style)} ${bold(name, style)} ${step.shortfall.length > 0 ? 'would stop the run here' : 'cannot be looked at'}`,
      ...wrapped(step.problem.message, 4, style.width).map((line) => toned(line, 'bad', style)),
      ...wrapped(step.problem.advice, 4, style.width),
    ];
  }
  const isHidden = step.shortfall.some((line) => line.startsWith('cannot be seen yet'));
  const what = isHidden ? 'is not known' : 'would change';
  return [
    `${toned(isHidden ? '?' : '~', isHidden ? 'quiet' : 'asks', style)} ${bold(name, style)} ${what}`,
    ...step.shortfall.flatMap((line) => wrapped(line, 4, style.width)),
  ];
}

/** What an undo begun now would do. */
export function presentForecast(forecast: UndoForecast, sight: UndoSight, style: Style): readonly string[] {
  const { steps } = forecast;
  if (steps.length === 0) {
    return [
      'This run has changed nothing yet: there is nothing to take back.',
      `To end it: ${style.command('stop')}`,
    ];
  }
  return [
    ...wrapped(`An undo now would go through ${undoExtent(forecast, sight)}`, 0, style.width),
    ...steps.flatMap((step) => [
      `  ${toned(step.what, step.what === 'kept' ? 'asks' : 'good', style)} ${step.title} ${dim(step.key, style)}`,
      ...(step.reason === null ? [] : wrapped(step.reason, 4, style.width)),
      ...step.residue.flatMap((left) => wrapped(`stays: ${left}`, 4, style.width)),
    ]),
    `To take them back: ${style.command('undo')}; to end the run and leave all as it is: ${style.command('stop')}`,
  ];
}
