import type { RunSnapshot, StepState } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';

/** What a step does, or waits for, while time passes. */
export const PASTIMES = [
  'probing',
  'applying',
  'settling',
  'restarting',
  'asking',
  'stuck',
  'waiting-for-window',
  'undoing',
] as const;
export type Pastime = (typeof PASTIMES)[number];

/** One state of one step for as long as it lasted. */
export interface Stretch {
  readonly key: string;
  readonly pastime: Pastime;
  /** From 1; another number means that a person let the step start anew. */
  readonly tries: number;
  readonly fromMs: number;
  /** The moment that is shown, where it goes on. */
  readonly toMs: number;
  readonly goesOn: boolean;
}

/** Where people are waited for. */
export function waitsForPeople({ pastime }: Pick<Stretch, 'pastime'>): boolean {
  return pastime === 'asking' || pastime === 'stuck';
}

/** Where time passes without anybody working. */
export function waits(stretch: Pick<Stretch, 'pastime'>): boolean {
  return waitsForPeople(stretch) || stretch.pastime === 'waiting-for-window';
}

/** How long each step worked, by its key. */
export function workedMs(stretches: readonly Stretch[]): ReadonlyMap<string, number> {
  const worked = new Map<string, number>();
  for (const stretch of stretches) {
    if (waits(stretch)) continue;
    const { key, fromMs, toMs } = stretch;
    worked.set(key, (worked.get(key) ?? 0) + toMs - fromMs);
  }
  return worked;
}

interface Open {
  readonly state: StepState;
  readonly tries: number;
  readonly fromMs: number;
  /** Begun while the run took back what it changed. */
  readonly isUndo: boolean;
}

/**
 * What the steps of a run did when, in the order in which it began. Where no journal is kept, each step that was
 * begun is one stretch.
 */
export function stretchesOf(
  events: readonly RunEvent[],
  run: Pick<RunSnapshot, 'steps' | 'endedAt'>,
  nowMs: number,
): readonly Stretch[] {
  const untilMs = run.endedAt === null ? nowMs : Date.parse(run.endedAt);
  if (events.length === 0) return run.steps.flatMap((step) => inOneStretch(step, untilMs));
  const open = new Map<string, Open>();
  const stretches: Stretch[] = [];
  let isUndo = false;
  for (const { at, run: facts, steps = [] } of events) {
    const fromMs = Date.parse(at);
    if (facts?.state === 'undoing') isUndo = true;
    for (const { key, state, tries } of steps) {
      const before = open.get(key) ?? { state: 'pending', tries: 0, fromMs, isUndo };
      const now = { state: state ?? before.state, tries: tries ?? before.tries, fromMs, isUndo };
      if (now.state === before.state && now.tries === before.tries) continue;
      stretches.push(...closed(key, before, fromMs, false));
      open.set(key, now);
    }
  }
  const goOn = run.endedAt === null;
  for (const [key, last] of open) stretches.push(...closed(key, last, Math.max(untilMs, last.fromMs), goOn));
  return stretches.toSorted((one, other) => one.fromMs - other.fromMs);
}

function closed(
  key: string,
  { state, tries, fromMs, isUndo }: Open,
  toMs: number,
  goesOn: boolean,
): Stretch[] {
  const pastime = pastimeOf(state, isUndo);
  return pastime === null ? [] : [{ key, pastime, tries, fromMs, toMs, goesOn }];
}

/** Null for states in which nothing passes. */
function pastimeOf(state: StepState, isUndo: boolean): Pastime | null {
  switch (state) {
    case 'applying':
      return isUndo ? 'undoing' : 'applying';
    case 'probing':
    case 'settling':
    case 'restarting':
    case 'asking':
    case 'stuck':
    case 'waiting-for-window':
      return state;
    case 'pending':
    case 'changed':
    case 'in-place':
    case 'skipped':
    case 'undone':
    case 'kept':
      return null;
  }
}

function inOneStretch(step: RunSnapshot['steps'][number], untilMs: number): readonly Stretch[] {
  if (step.startedAt === null) return [];
  const fromMs = Date.parse(step.startedAt);
  const toMs = step.endedAt === null ? Math.max(fromMs, untilMs) : Date.parse(step.endedAt);
  const pastime = pastimeOf(step.state, false) ?? (step.state === 'in-place' ? 'probing' : 'applying');
  return [{ key: step.key, pastime, tries: step.tries, fromMs, toMs, goesOn: step.endedAt === null }];
}
