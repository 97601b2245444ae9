import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisFrom, percentOn, type Span } from '../../src/web/views/time/axis.ts';
import { criticalPath, type Link } from '../../src/web/views/time/critical-path.ts';
import { forecast } from '../../src/web/views/time/forecast.ts';
import { inLanes } from '../../src/web/views/time/lanes.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { stepWith } from '../cli/snapshots.ts';
import { plannedStep } from '../workflows/planned-step.ts';

const NOW = Date.parse('2030-01-01T10:00:00.000Z');

/** A step may wait for any of those before it. */
const drawnPlan: fc.Arbitrary<readonly PlannedStep[]> = fc
  .array(
    fc.record({
      after: fc.array(fc.nat(), { maxLength: 3 }),
      hosts: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }),
      minutes: fc.nat({ max: 30 }),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .map((drawn) =>
    drawn.map(({ after, hosts, minutes }, at) =>
      plannedStep({
        key: `${at}@${hosts[0] ?? ''}`,
        id: String(at),
        host: hosts[0] ?? '',
        holds: hosts,
        after: at === 0 ? [] : [...new Set(after.map((nth) => keyIn(drawn, nth % at)))],
        patience: { applyMinutes: minutes, settleMinutes: 0 },
      }),
    ),
  );

function keyIn(drawn: readonly { readonly hosts: readonly string[] }[], at: number): string {
  return `${at}@${drawn[at]?.hosts[0] ?? ''}`;
}

function linksOf(planned: readonly PlannedStep[]): readonly Link[] {
  return planned.map(({ key, after, patience }) => ({
    key,
    after,
    lengthMs: patience.applyMinutes * 60_000,
  }));
}

/** The long way round: every chain that ends with a step. */
function longestTo(key: string, links: readonly Link[]): number {
  const link = links.find((candidate) => candidate.key === key);
  if (!link) return 0;
  return link.lengthMs + Math.max(0, ...link.after.map((before) => longestTo(before, links)));
}

test('the critical path is a chain of steps that wait for one another, and none is longer', () => {
  fc.assert(
    fc.property(drawnPlan, (planned) => {
      const links = linksOf(planned);
      const { keys, lengthMs } = criticalPath(links);
      const lengths = keys.map((key) => links.find((link) => link.key === key)?.lengthMs ?? 0);
      expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBe(lengthMs);
      for (const [at, key] of keys.entries()) {
        const link = links.find((candidate) => candidate.key === key);
        expect(at === 0 || link?.after.includes(keys[at - 1] ?? '') === true).toBe(true);
      }
      expect(lengthMs).toBe(Math.max(...links.map(({ key }) => longestTo(key, links))));
    }),
  );
});

test('nothing has a critical path of no length', () => {
  expect(criticalPath([])).toEqual({ keys: [], lengthMs: 0 });
});

const drawnStates = fc.constantFrom(
  'pending' as const,
  'asking' as const,
  'changed' as const,
  'stuck' as const,
);

test('what is left ends no earlier than now, after what it waits for, and never two at a time on a host', () => {
  fc.assert(
    fc.property(drawnPlan, fc.array(drawnStates, { minLength: 15, maxLength: 15 }), (planned, states) => {
      const shown = planned.map(({ key, id, host }, at) =>
        stepWith({ key, id, host, state: states[at] ?? 'pending' }),
      );
      const { steps, endMs } = forecast({ planned, shown, stretches: [], lengths: {}, nowMs: NOW });
      expect(endMs).toBeGreaterThanOrEqual(NOW);
      for (const { key, after, holds } of planned) {
        const own = steps.get(key);
        if (!own) continue;
        expect(own.startMs).toBeGreaterThanOrEqual(NOW);
        expect(own.endMs).toBeLessThanOrEqual(endMs);
        for (const before of after)
          expect(own.startMs).toBeGreaterThanOrEqual(steps.get(before)?.endMs ?? NOW);
        for (const other of planned) {
          const beside = steps.get(other.key);
          if (!beside || other.key === key || !other.holds.some((host) => holds.includes(host))) continue;
          expect(own.endMs <= beside.startMs || beside.endMs <= own.startMs).toBe(true);
        }
      }
      const left = planned.filter(({ key }) => steps.has(key));
      expect(endMs - NOW).toBeGreaterThanOrEqual(criticalPath(linksOf(left)).lengthMs);
    }),
  );
});

test('a length is taken from earlier runs, else from this one, else it is called patience', () => {
  const planned = ['A', 'B', 'C'].map((host) =>
    plannedStep({ key: `s@${host}`, id: 's', host, holds: [host] }),
  );
  const shown = planned.map(({ key, id, host }) => stepWith({ key, id, host }));
  const of = (parts: Partial<Parameters<typeof forecast>[0]>) =>
    forecast({ planned, shown, stretches: [], lengths: {}, nowMs: NOW, ...parts });
  expect(of({}).steps.get('s@B')).toEqual({ startMs: NOW, endMs: NOW + 120_000, basis: 'patience' });
  const lengths = { s: { averageMs: 7_000, count: 3 } };
  expect(of({ lengths }).steps.get('s@B')).toEqual({
    startMs: NOW,
    endMs: NOW + 7_000,
    basis: 'earlier runs',
  });
  const done = shown.with(
    0,
    stepWith({ ...shown[0], state: 'changed', endedAt: new Date(NOW).toISOString() }),
  );
  const worked = {
    key: 's@A',
    pastime: 'applying',
    tries: 1,
    fromMs: NOW - 9_000,
    toMs: NOW,
    goesOn: false,
  } as const;
  const asked = { ...worked, pastime: 'asking', fromMs: NOW - 90_000, toMs: NOW - 9_000 } as const;
  expect(of({ shown: done, stretches: [asked, worked] }).steps.get('s@B')).toEqual({
    startMs: NOW,
    endMs: NOW + 9_000,
    basis: 'this run',
  });
});

test('a step under way takes what is left of its length, and no less than nothing', () => {
  const planned = [plannedStep({ key: 's@A', id: 's', host: 'A', holds: ['A'] })];
  const shown = [stepWith({ key: 's@A', id: 's', host: 'A', state: 'applying' })];
  const endAfter = (ms: number) => {
    const stretches = [
      { key: 's@A', pastime: 'applying', tries: 1, fromMs: NOW - ms, toMs: NOW, goesOn: true } as const,
    ];
    return forecast({
      planned,
      shown,
      stretches,
      lengths: { s: { averageMs: 10_000, count: 1 } },
      nowMs: NOW,
    }).endMs;
  };
  expect(endAfter(4_000)).toBe(NOW + 6_000);
  expect(endAfter(60_000)).toBe(NOW);
});

const drawnSpan: fc.Arbitrary<Span> = fc
  .tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }))
  .map(([one, other]) => ({ fromMs: NOW + Math.min(one, other), toMs: NOW + Math.max(one, other) }));

test('nothing in a lane lies upon anything else, and everything is in one', () => {
  fc.assert(
    fc.property(fc.array(drawnSpan), (spans) => {
      const lanes = inLanes(spans);
      expect(lanes.flat().length).toBe(spans.length);
      for (const lane of lanes) {
        for (const [at, span] of lane.entries()) {
          expect(span.fromMs).toBeGreaterThanOrEqual(lane[at - 1]?.toMs ?? 0);
        }
      }
    }),
  );
});

test('later is never further left, whatever is drawn short, and all of it has room', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.array(fc.nat({ max: 100 })),
      (lengthMs, shares) => {
        const through = NOW + lengthMs;
        const moments = shares.map((share) => NOW + (lengthMs * share) / 100).toSorted((a, b) => a - b);
        const idle = moments.flatMap((fromMs, at) =>
          at % 2 === 0 ? [{ fromMs, toMs: moments[at + 1] ?? through }] : [],
        );
        const axis = axisFrom(NOW, through, idle);
        const percents = [NOW, ...moments, through].map((ms) => percentOn(axis, ms));
        expect(percents).toEqual(percents.toSorted((a, b) => a - b));
        expect(percents[0]).toBe(0);
        expect(axis.toMs).toBeGreaterThanOrEqual(through);
        expect(axis.ticks.length).toBeLessThan(40);
        for (const tick of axis.ticks) expect(tick >= axis.fromMs && tick <= axis.toMs).toBe(true);
      },
    ),
  );
});

test('what was drawn stays where it is while a little time passes', () => {
  const before = axisFrom(NOW, NOW + 61_000);
  const later = axisFrom(NOW, NOW + 110_000);
  expect(percentOn(later, NOW + 30_000)).toBe(percentOn(before, NOW + 30_000));
});

test('a night in which a run waited takes little of the chart', () => {
  const night = { fromMs: NOW + 600_000, toMs: NOW + 600_000 + 10 * 3_600_000 };
  const axis = axisFrom(NOW, night.toMs + 600_000, [night]);
  expect(percentOn(axis, night.toMs) - percentOn(axis, night.fromMs)).toBeLessThan(10);
});
