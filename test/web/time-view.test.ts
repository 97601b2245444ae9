import { beforeAll, describe, expect, test } from 'vitest';
import { rendered } from '../../src/web/views/rendered.ts';
import { chartOf } from '../../src/web/views/time/chart.ts';
import { PASTIMES, stretchesOf } from '../../src/present/stretches.ts';
import { TimeView } from '../../src/web/views/time-view.tsx';
import { STEP_STATES, type Plan, type StepState } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { snapshotWith, shownRun, stepWith } from '../cli/snapshots.ts';
import { recordedPlan, recordedRun } from '../workflows/recorded-runs.ts';
import { sightAfter, sightWith } from './sights.ts';

const START = Date.parse('2030-01-01T10:00:00.000Z');

const at = (seconds: number): string => new Date(START + 1_000 * seconds).toISOString();

/** The first event of a run of these steps. */
function begun(steps: readonly ReturnType<typeof stepWith>[]): RunEvent {
  const { steps: _steps, questions: _questions, decisions: _decisions, ...facts } = snapshotWith();
  return { n: 1, at: at(0), run: facts, steps: steps.map(({ waiting: _waiting, ...step }) => step) };
}

/** One step that passes through states, ten seconds in each. */
function journalThrough(states: readonly StepState[], parts: Parameters<typeof stepWith>[0] = {}) {
  const step = stepWith({ tries: 1, startedAt: at(0), ...parts });
  const changes = states.map((state, nth): RunEvent => ({
    n: nth + 2,
    at: at(10 * nth),
    steps: [{ key: step.key, state }],
  }));
  return sightWith({
    events: [begun([step]), ...changes],
    nowMs: START + 10_000 * states.length,
    run: shownRun({ steps: [{ ...step, state: states.at(-1) ?? 'pending' }] }),
  });
}

describe('a recorded run', () => {
  const runs = new Map<string, { readonly events: readonly RunEvent[]; readonly plan: Plan }>();
  beforeAll(async () => {
    for (const name of ['whole', 'undone', 'rehearsal']) {
      const file = `${name}.json.gz`;
      runs.set(name, { events: (await recordedRun(file)).events, plan: recordedPlan(file) });
    }
  });

  const sightOf = (name: string, share = 1) => {
    const run = runs.get(name);
    if (!run) throw new Error(`No run ${name} was recorded`);
    return sightAfter(run.events, run.plan, Math.max(2, Math.round(share * run.events.length)));
  };

  test.each(['whole', 'undone', 'rehearsal'])('%s: at no moment does a bar lie upon another', (name) => {
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      const sight = sightOf(name, share);
      const { rows, end } = chartOf(sight);
      for (const lane of rows.flatMap(({ lanes }) => lanes)) {
        for (const [nth, bar] of lane.entries()) {
          expect(bar.toMs).toBeGreaterThanOrEqual(bar.fromMs);
          expect(bar.fromMs).toBeGreaterThanOrEqual(lane[nth - 1]?.toMs ?? 0);
        }
      }
      expect(end?.atMs ?? sight.nowMs).toBeGreaterThanOrEqual(sight.nowMs);
    }
  });

  test('every step that was begun has one bar, which leads to its row', () => {
    const sight = sightOf('whole');
    const count = sight.run.steps.filter(({ startedAt }) => startedAt !== null).length;
    const { rows, path } = chartOf(sight);
    expect(rows.flatMap(({ bars }) => bars).length).toBe(count);
    const html = rendered(TimeView(sight));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => decodeURIComponent(id ?? ''));
    expect(targets.length).toBe(count);
    for (const target of targets) expect(html).toContain(`id="${target}"`);
    expect(path.keys.length).toBeGreaterThan(10);
  });

  test('the point of no return is the first change without an undo that was begun', () => {
    const sight = sightOf('whole');
    const { noReturn } = chartOf(sight);
    expect(noReturn).toMatchObject({ isEstimated: false });
    expect(sight.plan?.steps.find(({ key }) => key === noReturn?.key)?.undo.kind).toBe('kept');
    expect(rendered(TimeView(sight))).toContain('▲ no return');
  });

  test('before that it is where it is expected; a run that changes nothing has none', () => {
    expect(chartOf(sightOf('whole', 0.02)).noReturn).toMatchObject({ isEstimated: true });
    expect(chartOf(sightOf('rehearsal')).noReturn).toBeNull();
  });

  test('what is taken back is drawn as such, and no end is expected of a run that is over', () => {
    const sight = sightOf('undone');
    const pastimes = stretchesOf(sight.events, sight.run, sight.nowMs).map(({ pastime }) => pastime);
    expect(pastimes).toContain('undoing');
    expect(chartOf(sight).end).toBeNull();
  });

  test('lengths of earlier runs make an expectation of a bound, which has room on the chart', () => {
    const sight = sightOf('whole', 0.5);
    expect(rendered(TimeView(sight))).toContain('At the latest');
    const lengths = Object.fromEntries(sight.run.steps.map(({ id }) => [id, { averageMs: 5_000, count: 2 }]));
    const html = rendered(TimeView({ ...sight, lengths }));
    expect(html).toContain('◆ expected end');
    expect(html).not.toContain('At the latest');
    expect(chartOf({ ...sight, lengths }).rows.flatMap(({ bars }) => bars).length).toBe(
      sight.run.steps.length,
    );
  });
});

test('every state in which time passes is drawn for as long as it lasted, and no other', () => {
  const sight = journalThrough(STEP_STATES);
  const stretches = stretchesOf(sight.events, sight.run, sight.nowMs);
  const lasting = STEP_STATES.filter((state) => (PASTIMES as readonly string[]).includes(state));
  expect(stretches.map(({ pastime }) => pastime)).toEqual(lasting);
  for (const { fromMs, toMs } of stretches) expect(toMs - fromMs).toBe(10_000);
});

test('a wait for a person is hatched and said in words', () => {
  const html = rendered(TimeView(journalThrough(['probing', 'asking'])));
  expect(html).toContain('fill="url(#hatch-asks)"');
  expect(html).toContain('? waits for a person: Create the failover cluster');
});

test('another try is marked', () => {
  const marksIn = (html: string) => html.match(/class="again"/g)?.length;
  const sight = journalThrough(['applying', 'stuck', 'probing', 'applying']);
  const events = sight.events.map((event) =>
    event.n === 4 ? { ...event, steps: event.steps?.map((step) => ({ ...step, tries: 2 })) ?? [] } : event,
  );
  // One is the legend's.
  expect(marksIn(rendered(TimeView(sight)))).toBe(1);
  expect(marksIn(rendered(TimeView({ ...sight, events })))).toBe(2);
});

test('without a journal each step that was begun is one bar', () => {
  const steps = [
    stepWith({ state: 'changed', startedAt: at(0), endedAt: at(30) }),
    stepWith({ id: 'later' }),
  ];
  const { rows } = chartOf(sightWith({ run: shownRun({ steps }) }));
  expect(rows.flatMap(({ bars }) => bars)).toMatchObject([{ fromMs: START, toMs: START + 30_000 }]);
});

test('a hostile title is text', () => {
  const title = '</svg><script>alert(1)</script>"\'';
  const html = rendered(TimeView(journalThrough(['applying', 'asking'], { title, host: 'A"<b>' })));
  expect(html).not.toMatch(/<script|<b>"/);
  expect(html).toContain('&lt;script&gt;');
});

test('an event changes the row of its host, and the row of no other', () => {
  const steps = ['A', 'B'].map((host) => stepWith({ host, state: 'applying', tries: 1, startedAt: at(0) }));
  const done = (n: number, nth: number, seconds: number): RunEvent => ({
    n,
    at: at(seconds),
    steps: [{ key: steps[nth]?.key ?? '', state: 'changed', endedAt: at(seconds) }],
  });
  const plan = recordedPlan('whole.json.gz');
  const events = [begun(steps), done(2, 0, 22), done(3, 1, 24)];
  const rowsAfter = (count: number) => {
    const html = rendered(TimeView(sightAfter(events, { ...plan, steps: [] }, count)));
    return ['A', 'B'].map((host) => html.split(`id="time-row-${host}"`)[1]?.split('</svg></div>')[0]);
  };
  const [before, after] = [rowsAfter(2), rowsAfter(3)];
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test('a step that is taken back later has a bar for each, and one row', () => {
  const step = stepWith({ state: 'undone', tries: 1, startedAt: at(0) });
  const states: readonly (readonly [number, StepState])[] = [
    [0, 'applying'],
    [10, 'changed'],
    [100, 'applying'],
    [120, 'undone'],
  ];
  const events = states.map(([seconds, state], nth): RunEvent => ({
    n: nth + 2,
    at: at(seconds),
    ...(seconds === 100 ? { run: { state: 'undoing' } } : {}),
    steps: [{ key: step.key, state }],
  }));
  const sight = sightWith({
    events: [begun([stepWith({ tries: 1 })]), ...events],
    run: shownRun({ steps: [step], endedAt: at(120) }),
  });
  const [row] = chartOf(sight).rows;
  expect(row?.lanes.flat().map(({ fromMs, toMs }) => [fromMs - START, toMs - START])).toEqual([
    [0, 10_000],
    [100_000, 120_000],
  ]);
  expect(row?.bars.length).toBe(1);
});
