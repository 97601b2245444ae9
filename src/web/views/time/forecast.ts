import { isMoving, isSettled, type PlannedStep } from '../../../../workflows/contract.ts';
import type { Lengths } from '../../../client/lengths.ts';
import type { ShownStep } from '../../../client/shown-run.ts';
import { workedMs, type Stretch } from '../../../present/stretches.ts';

/** What a length is known from; patience is no length but the time after which a person is asked: an upper bound. */
export type Basis = 'earlier runs' | 'this run' | 'patience';

export interface Expected {
  readonly startMs: number;
  readonly endMs: number;
  readonly basis: Basis;
}

export interface Forecast {
  /** Of each step that is not settled, by its key. */
  readonly steps: ReadonlyMap<string, Expected>;
  /** Never before now. */
  readonly endMs: number;
}

interface ForecastOf {
  readonly planned: readonly PlannedStep[];
  readonly shown: readonly ShownStep[];
  /** What they did so far. */
  readonly stretches: readonly Stretch[];
  readonly lengths: Lengths;
  readonly nowMs: number;
}

/**
 * When what is left will be done, if every question is answered at once: a step begins when all that it waits for
 * is done and its hosts are free.
 */
export function forecast({ planned, shown, stretches, lengths, nowMs }: ForecastOf): Forecast {
  const known = new Map(shown.map((step) => [step.key, step]));
  const worked = workedMs(stretches);
  const lengthOf = lengthsFrom(planned, shown, { worked, lengths });
  const steps = new Map<string, Expected>();
  const freeAt = new Map<string, number>();
  let endMs = nowMs;
  for (const plan of movingFirst(planned, known)) {
    const step = known.get(plan.key);
    if (step && isSettled(step)) continue;
    const { ms, basis } = lengthOf(plan);
    const isUnderWay = step !== undefined && isMoving(step);
    const startMs = isUnderWay ? nowMs : earliest(plan, step, { steps, freeAt, nowMs });
    const passedMs = isUnderWay ? (worked.get(plan.key) ?? 0) : 0;
    const expected = { startMs, endMs: startMs + Math.max(0, ms - passedMs), basis };
    steps.set(plan.key, expected);
    for (const host of plan.holds) freeAt.set(host, Math.max(freeAt.get(host) ?? 0, expected.endMs));
    endMs = Math.max(endMs, expected.endMs);
  }
  return { steps, endMs };
}

/** Who is under way holds its hosts already, wherever it stands in the plan. */
function movingFirst(
  planned: readonly PlannedStep[],
  known: ReadonlyMap<string, ShownStep>,
): readonly PlannedStep[] {
  const moves = ({ key }: PlannedStep) => {
    const step = known.get(key);
    return step !== undefined && isMoving(step);
  };
  return [...planned.filter(moves), ...planned.filter((step) => !moves(step))];
}

function earliest(
  { after, holds }: PlannedStep,
  step: ShownStep | undefined,
  so: Pick<Forecast, 'steps'> & { readonly freeAt: ReadonlyMap<string, number>; readonly nowMs: number },
): number {
  return Math.max(
    so.nowMs,
    ...after.map((key) => so.steps.get(key)?.endMs ?? 0),
    ...holds.map((host) => so.freeAt.get(host) ?? 0),
    step?.waitsUntil ? Date.parse(step.waitsUntil) : 0,
  );
}

const MS_A_MINUTE = 60_000;

/** Of a step in earlier runs, else of the same step or of other checks in this run, else its patience. */
function lengthsFrom(
  planned: readonly PlannedStep[],
  shown: readonly ShownStep[],
  { worked, lengths }: { readonly worked: ReadonlyMap<string, number>; readonly lengths: Lengths },
) {
  const checks = new Set(planned.filter(({ kind }) => kind === 'check').map(({ id }) => id));
  const took = new Map<string, number[]>();
  for (const { id, key, state, endedAt } of shown) {
    const ms = worked.get(key);
    if (ms === undefined || endedAt === null) continue;
    if (state !== 'changed' && !checks.has(id)) continue;
    const name = checks.has(id) ? CHECKS : id;
    took.set(name, [...(took.get(name) ?? []), ms]);
  }
  return ({ id, kind, patience }: PlannedStep): { readonly ms: number; readonly basis: Basis } => {
    const average = lengths[id]?.averageMs;
    if (average !== undefined) return { ms: average, basis: 'earlier runs' };
    const own = took.get(kind === 'check' ? CHECKS : id);
    if (own) return { ms: own.reduce((sum, ms) => sum + ms, 0) / own.length, basis: 'this run' };
    return { ms: (patience.applyMinutes + patience.settleMinutes) * MS_A_MINUTE, basis: 'patience' };
  };
}

/** No id of a step: all checks together. */
const CHECKS = '';
