import { isMoving, isSettled, type Decision, type NeedSoFar } from '../../workflows/contract.ts';
import type { ShownRun, ShownStep } from '../client/shown-run.ts';
import { presentQuestion } from './questions.ts';
import { details, symbolOf, waitingLines } from './steps.ts';
import { counted, duration } from './measures.ts';
import { bold, clockTime, cut, dim, toned, type Style } from './style.ts';
import { RUN_WORDS, STEP_WORDS } from './words.ts';

/** What happened between two looks at a run, in its order; `before` is null for the first look. */
export function presentChanges(
  before: ShownRun | null,
  now: ShownRun,
  detail: 'all' | 'settled',
  style: Style,
): readonly string[] {
  const known = new Map(before?.steps.map((step) => [step.key, step]));
  const happened = [
    ...now.decisions.slice(before?.decisions.length ?? 0).map((decision) => decided(decision, style)),
    ...now.steps.flatMap((step) => stepped(known.get(step.key) ?? null, step, detail, style)),
    ...(detail === 'all' ? asked(before, now, style) : []),
  ];
  return happened.toSorted((one, other) => one.at.localeCompare(other.at)).flatMap(({ lines }) => lines);
}

interface Happening {
  /** ISO 8601. */
  readonly at: string;
  readonly lines: readonly string[];
}

/** Sorts behind what has a time. */
const JUST_NOW = '~';

function decided(decision: Decision, style: Style): Happening {
  const about = decision.stepKey === null ? 'the whole run' : decision.stepKey;
  const reason = decision.reason === '' ? '' : ` (${decision.reason})`;
  const who = decision.expired ? 'Silence' : `${decision.by}${decision.ahead ? ', ahead of time,' : ''}`;
  const said = `${who} says ${decision.verdict} to ${about}${reason}`;
  const fate = decision.refused === null ? '' : `; refused: ${decision.refused}`;
  const mark = toned('»', decision.refused === null ? 'moves' : 'bad', style);
  return { at: decision.at, lines: [`${dim(clockTime(decision.at), style)} ${mark} ${said}${fate}`] };
}

function stepped(
  before: ShownStep | null,
  step: ShownStep,
  detail: 'all' | 'settled',
  style: Style,
): readonly Happening[] {
  const isNew = before === null ? step.state !== 'pending' : step.state !== before.state;
  const isTold = detail === 'all' || isSettled(step) || step.state === 'stuck';
  if (!isNew || !isTold) return detail === 'all' ? triedAgain(before, step, style) : [];
  const { word, tone } = STEP_WORDS[step.state];
  const endedAt = step.endedAt === before?.endedAt ? null : step.endedAt;
  const time = endedAt === null ? NO_TIME : clockTime(endedAt);
  const line = `${dim(time, style)} ${symbolOf(step, style)} ${stepName(step)}: ${toned(word, tone, style)}`;
  return [{ at: endedAt ?? JUST_NOW, lines: [line, ...details(step, style)] }];
}

function triedAgain(before: ShownStep | null, step: ShownStep, style: Style): readonly Happening[] {
  if (step.waiting === null || step.waiting.message === before?.waiting?.message) return [];
  const lines = [`${NO_TIME} ${symbolOf(step, style)} ${stepName(step)}`, ...waitingLines(step, style)];
  return [{ at: JUST_NOW, lines }];
}

const NO_TIME = ' '.repeat(8);

function asked(before: ShownRun | null, now: ShownRun, style: Style): readonly Happening[] {
  const known = new Set(before?.questions.map((question) => question.id));
  return now.questions
    .filter((question) => !known.has(question.id))
    .map((question) => ({ at: `${JUST_NOW}?`, lines: presentQuestion(question, now, style) }));
}

function stepName({ title, host }: ShownStep): string {
  return `${title} (${host})`;
}

/** On a large site many hosts move at once; the questions must stay in sight. */
const MOST_MOVING = 8;

/** What a terminal shows below what has happened: what moves, and what is asked. */
export function presentMoment(run: ShownRun, nowMs: number, style: Style): readonly string[] {
  const moving = run.steps.filter(isMoving);
  return [
    headline(run, nowMs, style),
    ...moving.slice(0, MOST_MOVING).flatMap((step) => movingLines(step, nowMs, style)),
    ...(moving.length > MOST_MOVING ? [dim(`  and ${moving.length - MOST_MOVING} more`, style)] : []),
    ...run.questions.flatMap((question) => presentQuestion(question, run, style)),
  ];
}

/** Where the run stands, in one line. */
export function headline(run: ShownRun, nowMs: number, style: Style): string {
  const { word, tone } = RUN_WORDS[run.state];
  const settled = run.steps.filter(isSettled).length;
  const asks = run.questions.length === 0 ? '' : ` · ${counted(run.questions.length, 'question')}`;
  const end = run.endedAt === null ? nowMs : Date.parse(run.endedAt);
  const counts = `${settled} of ${counted(run.steps.length, 'step')}${asks} · ${duration(Date.parse(run.startedAt), end)}`;
  return `${bold(run.workflowId, style)} ${toned(word, tone, style)} ${dim(counts, style)}`;
}

function movingLines(step: ShownStep, nowMs: number, style: Style): readonly string[] {
  const { word } = STEP_WORDS[step.state];
  const since = step.startedAt === null ? '' : duration(Date.parse(step.startedAt), nowMs);
  const name = cut(stepName(step), style.width - word.length - since.length - 8);
  return [
    `  ${symbolOf(step, style)} ${name} ${toned(word, 'moves', style)} ${dim(since, style)}`,
    ...waitingLines(step, style),
  ];
}

/** What came of an answer, for who gave it. */
export function presentAnswer(run: ShownRun, stepKey: string, style: Style): readonly string[] {
  const decision = run.decisions.findLast((made) => made.stepKey?.toLowerCase() === stepKey.toLowerCase());
  const open = run.questions.length;
  const stillOpen = run.questions.find(({ id }) => id === decision?.questionId);
  return [
    `Taken: ${decision?.verdict ?? 'the answer'} for ${decision?.stepKey ?? stepKey}, by ${decision?.by ?? 'nobody'}.`,
    ...(stillOpen ? [`Not enough yet: ${stillOpen.needs.map(needInWords).join(', ')}.`] : []),
    open === 0
      ? `To follow the run: ${style.command('watch')}`
      : `${counted(open, 'question is', 'questions are')} open: ${style.command('status')}`,
  ];
}

function needInWords({ count, group, given }: NeedSoFar): string {
  return `${given.length} of ${count} of ${group} agreed`;
}
