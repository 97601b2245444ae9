import { isSettled } from '../../workflows/contract.ts';
import { chapterTitle, PROBLEM_WORDS, STEP_WORDS } from './words.ts';
import type { ShownRun, ShownStep } from '../client/shown-run.ts';
import { duration } from './measures.ts';
import { bold, clockTime, cut, dayAndTime, dim, toned, wrapped, type Style } from './style.ts';

export function symbolOf({ state }: Pick<ShownStep, 'state'>, style: Style): string {
  const { symbol, plainSymbol, tone } = STEP_WORDS[state];
  return toned(style.unicode ? symbol : plainSymbol, tone, style);
}

/** The chapters with their steps, each step on its host. */
export function presentChapters(run: ShownRun, now: number, style: Style): readonly string[] {
  const chapters = [...new Set(run.steps.map((step) => step.chapter))];
  return chapters.flatMap((chapter) => {
    const steps = run.steps.filter((step) => step.chapter === chapter);
    const done = steps.filter(isSettled).length;
    const heading = `${String(chapter).padStart(2)} ${chapterTitle(chapter)}`;
    return [
      `${bold(heading, style)} ${dim(`${done} of ${steps.length}`, style)}`,
      ...steps.flatMap((step) => presentStep(step, run, now, style)),
    ];
  });
}

const STATE_COLUMN = 10;

export function presentStep(step: ShownStep, run: ShownRun, now: number, style: Style): readonly string[] {
  const hostColumn = Math.max(...run.steps.map(({ host }) => host.length));
  const titleColumn = Math.max(16, Math.min(52, style.width - hostColumn - STATE_COLUMN - 22));
  const { word, tone } = STEP_WORDS[step.state];
  const title = cut(step.title, titleColumn).padEnd(titleColumn);
  const line = `   ${symbolOf(step, style)} ${title} ${step.host.padEnd(hostColumn)} ${toned(word.padEnd(STATE_COLUMN), tone, style)} ${dim(timeOf(step, now), style)}`;
  return [line.trimEnd(), ...details(step, style)];
}

function timeOf(step: ShownStep, now: number): string {
  if (step.startedAt === null || step.state === 'in-place') return '';
  return duration(Date.parse(step.startedAt), step.endedAt === null ? now : Date.parse(step.endedAt));
}

/** What a reader needs to know of a step that is not simply going on. */
export function details(step: ShownStep, style: Style): readonly string[] {
  const lines = [...problemLines(step, style), ...windowLines(step, style), ...waitingLines(step, style)];
  if (step.state === 'kept')
    lines.push(...step.shortfall.flatMap((reason) => wrapped(reason, 7, style.width)));
  return lines;
}

function problemLines({ problem }: ShownStep, style: Style): readonly string[] {
  if (problem === null) return [];
  const kind = problem.kind === 'operator' ? '' : `${PROBLEM_WORDS[problem.kind]}: `;
  return [
    ...wrapped(`${kind}${problem.message}`, 7, style.width).map((line) => toned(line, 'bad', style)),
    ...wrapped(problem.advice, 7, style.width),
  ];
}

function windowLines({ waitsUntil }: ShownStep, style: Style): readonly string[] {
  if (waitsUntil === null) return [];
  return wrapped(`Its window opens at ${dayAndTime(waitsUntil)}.`, 7, style.width);
}

export function waitingLines({ waiting }: ShownStep, style: Style): readonly string[] {
  if (waiting === null) return [];
  const when = waiting.nextAt === null ? 'under way' : `at ${clockTime(waiting.nextAt)}`;
  const text = `waiting: ${waiting.message} (attempt ${waiting.attempt} ${when})`;
  return wrapped(text, 7, style.width).map((line) => toned(line, 'quiet', style));
}
