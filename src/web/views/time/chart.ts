import type { ShownStep } from '../../../client/shown-run.ts';
import { isSettled } from '../../../../workflows/contract.ts';
import type { RunSight } from '../run-sight.ts';
import { axisFrom, type Axis } from './axis.ts';
import { criticalPath, type CriticalPath } from './critical-path.ts';
import { forecast, type Basis, type Forecast } from './forecast.ts';
import { idleTimes } from './idle.ts';
import { inLanes } from './lanes.ts';
import { pointOfNoReturn, type NoReturn } from './no-return.ts';
import { stretchesOf, waits, waitsForPeople, type Stretch } from '../../../present/stretches.ts';

/** A step over time: all that it did, or a piece of that. */
export interface Bar {
  readonly step: ShownStep;
  readonly stretches: readonly Stretch[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly isCritical: boolean;
  /** Nothing of it has happened yet. */
  readonly isExpected: boolean;
}

export interface HostRow {
  readonly host: string;
  /** One a step. */
  readonly bars: readonly Bar[];
  /** Their pieces, so that none lies upon another. */
  readonly lanes: readonly (readonly Bar[])[];
}

/** All that the chart of a run shows. */
export interface Chart {
  readonly axis: Axis;
  readonly rows: readonly HostRow[];
  readonly path: CriticalPath;
  readonly noReturn: NoReturn | null;
  /** Null where the run is over, or does not perform its plan. */
  readonly end: ExpectedEnd | null;
}

export interface ExpectedEnd {
  readonly atMs: number;
  /** Of the steps that are left: from what their lengths are known. */
  readonly bases: Readonly<Record<Basis, number>>;
}

export function chartOf(sight: RunSight): Chart {
  const { run, plan, events, nowMs } = sight;
  const stretches = stretchesOf(events, run, nowMs);
  const ahead = forecastOf(sight, stretches);
  const path = pathOf(sight, ahead);
  const end = ahead && { atMs: ahead.endMs, bases: basesOf(ahead) };
  const bars = barsOf(sight, stretches, { path, ahead });
  const fromMs = Date.parse(run.startedAt);
  const idle = idleTimes(stretches, { fromMs, toMs: run.endedAt === null ? nowMs : Date.parse(run.endedAt) });
  return {
    axis: axisFrom(fromMs, throughMs(sight, end), idle),
    rows: rowsOf(bars, run.steps),
    path,
    noReturn: plan && pointOfNoReturn(plan.steps, stretches, ahead),
    end,
  };
}

function forecastOf({ run, plan, lengths, nowMs }: RunSight, stretches: readonly Stretch[]): Forecast | null {
  if (plan === null || run.mode !== 'perform' || run.endedAt !== null || run.state === 'undoing') return null;
  return forecast({ planned: plan.steps, shown: run.steps, stretches, lengths, nowMs });
}

function basesOf({ steps }: Forecast): ExpectedEnd['bases'] {
  const count = (basis: Basis) => [...steps.values()].filter((expected) => expected.basis === basis).length;
  return {
    'earlier runs': count('earlier runs'),
    'this run': count('this run'),
    patience: count('patience'),
  };
}

/** With lengths as they were, and as they are expected of what is left. */
function pathOf({ run, plan, nowMs }: RunSight, ahead: Forecast | null): CriticalPath {
  const shown = new Map(run.steps.map((step) => [step.key, step]));
  const links = (plan?.steps ?? []).map(({ key, after }) => {
    const expected = ahead?.steps.get(key);
    const step = shown.get(key);
    const startedAt = step?.startedAt ?? null;
    const endedAt = step?.endedAt ?? run.endedAt;
    const fromMs = startedAt === null ? (expected?.startMs ?? nowMs) : Date.parse(startedAt);
    const toMs = expected?.endMs ?? (endedAt === null ? nowMs : Date.parse(endedAt));
    return { key, after, lengthMs: startedAt === null && !expected ? 0 : Math.max(0, toMs - fromMs) };
  });
  return criticalPath(links);
}

interface Found {
  readonly path: CriticalPath;
  readonly ahead: Forecast | null;
}

function barsOf({ run }: RunSight, stretches: readonly Stretch[], { path, ahead }: Found): readonly Bar[] {
  const critical = new Set(path.keys);
  const own = new Map<string, Stretch[]>();
  for (const stretch of stretches) own.set(stretch.key, [...(own.get(stretch.key) ?? []), stretch]);
  const isFit = ahead !== null && basesOf(ahead).patience === 0;
  return run.steps.flatMap((step): readonly Bar[] => {
    const done = own.get(step.key) ?? [];
    const isCritical = critical.has(step.key);
    const [first] = done;
    if (first) {
      const toMs = Math.max(...done.map((stretch) => stretch.toMs));
      return [{ step, stretches: done, fromMs: first.fromMs, toMs, isCritical, isExpected: false }];
    }
    const expected = isFit && !isSettled(step) ? ahead.steps.get(step.key) : undefined;
    if (!expected) return [];
    const { startMs: fromMs, endMs: toMs } = expected;
    return [{ step, stretches: [], fromMs, toMs, isCritical, isExpected: true }];
  });
}

/** Hosts in the order of the plan. */
function rowsOf(bars: readonly Bar[], steps: readonly ShownStep[]): readonly HostRow[] {
  const hosts = [...new Set(steps.map(({ host }) => host))];
  return hosts.map((host) => {
    const own = bars.filter(({ step }) => step.host === host);
    return { host, bars: own, lanes: inLanes(own.flatMap(piecesOf)) };
  });
}

/** What a step did without a pause: between its change and its undo lies what others did. */
function piecesOf(bar: Bar): readonly Bar[] {
  const pieces: Stretch[][] = [];
  for (const stretch of bar.stretches) {
    const piece = pieces.at(-1);
    if (piece && piece.at(-1)?.toMs === stretch.fromMs) piece.push(stretch);
    else pieces.push([stretch]);
  }
  if (pieces.length < 2) return [bar];
  return pieces.map((stretches) => ({
    ...bar,
    stretches,
    fromMs: stretches[0]?.fromMs ?? bar.fromMs,
    toMs: stretches.at(-1)?.toMs ?? bar.toMs,
  }));
}

/** Upper bounds would leave no room for what has happened: the chart looks ahead where lengths are known. */
function throughMs({ run, nowMs }: RunSight, end: ExpectedEnd | null): number {
  if (run.endedAt !== null) return Date.parse(run.endedAt);
  return end !== null && end.bases.patience === 0 ? end.atMs : nowMs;
}

/** How long a step did something, and how long it waited for people. */
export function timesOf({ stretches }: Bar): { readonly workedMs: number; readonly waitedMs: number } {
  const sum = (of: readonly Stretch[]) => of.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
  const waited = stretches.filter(waitsForPeople);
  const worked = stretches.filter((stretch) => !waits(stretch));
  return { workedMs: sum(worked), waitedMs: sum(waited) };
}
