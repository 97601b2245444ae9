import type { ShownRun } from './client/shown-run.ts';
import { presentEnding } from './present/ending.ts';
import { headline } from './present/progress.ts';
import { presentQuestion } from './present/questions.ts';
import { presentChapters } from './present/steps.ts';
import { dayAndTime, dim, type Style } from './present/style.ts';

/** A run in words and symbols: where it stands, its chapters and steps, what it asks, how it ended. */
export function presentRun(run: ShownRun, nowMs: number, style: Style): readonly string[] {
  const plan = run.planHash === null ? 'no plan yet' : `plan ${run.planHash.slice(0, 12)}`;
  return [
    headline(run, nowMs, style),
    dim(`run ${run.runId} · started ${dayAndTime(run.startedAt)} by ${run.startedBy} · ${plan}`, style),
    ...presentChapters(run, nowMs, style),
    ...run.questions.flatMap((question) => presentQuestion(question, run, style)),
    ...(run.endedAt === null ? goesOn(run, style) : presentEnding(run, style)),
  ];
}

function goesOn(run: ShownRun, { command }: Style): readonly string[] {
  return run.questions.length > 0 ? [] : [`To follow it: ${command('watch')}`];
}

export { historyOf } from './present/history.ts';
export { presentHistory } from './present/history-lines.ts';
export { presentAhead } from './present/ahead.ts';
export { presentEnding } from './present/ending.ts';
export { presentRestarts } from './present/restarts.ts';
export { presentFindings } from './present/findings.ts';
export { presentForecast, presentPlan, presentRehearsal } from './present/plans.ts';
export { presentAnswer, presentChanges, presentMoment } from './present/progress.ts';
export { presentQuestion } from './present/questions.ts';
export { presentVerification } from './present/verification.ts';
export type { Style } from './present/style.ts';
