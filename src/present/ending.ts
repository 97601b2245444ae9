import { keepUpdatesOut } from '../../activities/ahead/builds.ts';
import type { RunState } from '../../workflows/contract.ts';
import type { ShownRun, ShownStep } from '../client/shown-run.ts';
import { counted, duration } from './measures.ts';
import { bold, dim, toned, wrapped, type Style } from './style.ts';
import { RUN_WORDS, STEP_WORDS } from './words.ts';

/** How a run ended. The first line says whether failover is proven, where that was to be proven. */
export function presentEnding(run: ShownRun, style: Style): readonly string[] {
  const { tone } = RUN_WORDS[run.state];
  const took =
    run.endedAt === null ? '' : ` after ${duration(Date.parse(run.startedAt), Date.parse(run.endedAt))}`;
  return [
    `${toned(bold(verdictOn(run), style), run.proof === 'failover not proven' ? 'asks' : tone, style)}${dim(took, style)}`,
    ...(run.state === 'rehearsed' ? [] : wrapped(countsOf(run.steps), 2, style.width)),
    ...leftBehind(run.steps, style),
    ...wrapped(whoDecided(run), 2, style.width),
    ...wrapped(underWhichChange(run), 2, style.width),
    ...(run.state === 'done' && run.mode === 'perform' ? wrapped(UPDATES, 2, style.width) : []),
    ...wrapped(whatNext(run, style), 2, style.width),
  ];
}

/** What stops a finished estate most surely. */
const UPDATES = `Keep updates of SQL Server out while SSISDB is in its group: one that lands there can stop the engine. ${keepUpdatesOut('its availability group')}`;

function verdictOn(run: ShownRun): string {
  const word = RUN_WORDS[run.state].word;
  const proof = run.proof === null ? '' : `, ${run.proof}`;
  return `${run.workflowId}: ${word}${proof}`;
}

/** `12 changed, 4 in place`, in the order in which the words are listed. */
export function countsOf(steps: readonly ShownStep[]): string {
  const counts = Object.entries(STEP_WORDS)
    .map(([state, { word }]) => ({ word, count: steps.filter((step) => step.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`);
  return `${counted(steps.length, 'step')}: ${counts.join(', ') || 'none'}.`;
}

function leftBehind(steps: readonly ShownStep[], style: Style): readonly string[] {
  const told = steps.filter(({ state }) => state === 'kept' || state === 'skipped' || state === 'stuck');
  return told.flatMap((step) => {
    const why = step.problem?.message ?? step.shortfall.join('; ');
    const { word, tone } = STEP_WORDS[step.state];
    const line = `${step.title} (${step.host}): ${word}${why === '' ? '' : `. ${why}`}`;
    return wrapped(line, 2, style.width).map((text) => toned(text, tone, style));
  });
}

function whoDecided({ startedBy, decisions }: ShownRun): string {
  const taken = decisions.filter(({ refused, expired }) => refused === null && !expired);
  const deciders = [...new Set(taken.map(({ by }) => by))];
  const answers = deciders.length === 0 ? '' : `, answered by ${deciders.join(', ')}`;
  return `Started by ${startedBy}${answers}. These names are claimed, not proven.`;
}

function underWhichChange({ change, steps }: ShownRun): string {
  const windows = [...new Set(steps.flatMap(({ window }) => window ?? []))];
  return [
    ...(change === null ? [] : [`Change ${change.ticket} of ${change.owner}, contact ${change.contact}.`]),
    ...(windows.length === 0 ? [] : [`Interrupted in ${windows.join('; ')}.`]),
  ].join(' ');
}

const NEXT: Readonly<Record<RunState, (run: ShownRun, style: Style) => string>> = {
  planning: goesOn,
  running: goesOn,
  waiting: goesOn,
  undoing: goesOn,
  done: ({ proof }, { command }) =>
    proof === 'failover not proven'
      ? `To prove it, start again and let the drills run: ${command('start SITE')}`
      : `To look at it again: ${command('status')}`,
  rehearsed: (_run, { command }) => `Nothing was changed. To perform it: ${command('start SITE')}`,
  failed: startAgain,
  stopped: startAgain,
  undone: startAgain,
};

function whatNext(run: ShownRun, style: Style): string {
  return NEXT[run.state](run, style);
}

function goesOn(_run: ShownRun, { command }: Style): string {
  return `It goes on. To follow it: ${command('watch')}`;
}

function startAgain(_run: ShownRun, { command }: Style): string {
  return `To start it again, which leaves alone what is in place: ${command('start SITE')}`;
}
