import { beforeAll, expect, test } from 'vitest';
import { historyOf } from '../../src/present/history.ts';
import { HistoryView } from '../../src/web/views/history-view.tsx';
import { rendered } from '../../src/web/views/rendered.ts';
import type { Plan } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { snapshotWith } from '../cli/snapshots.ts';
import { recordedPlan, recordedRun } from '../workflows/recorded-runs.ts';
import { sightAfter, sightWith } from './sights.ts';

let events: readonly RunEvent[] = [];
let plan: Plan;
beforeAll(async () => {
  events = (await recordedRun('whole.json.gz')).events;
  plan = recordedPlan('whole.json.gz');
});

const sentencesIn = (html: string) =>
  [...html.matchAll(/<span class="sentence">([\s\S]*?)<\/span>/g)].map(([, text]) => text ?? '');

test('tells one sentence an event, the newest first', () => {
  const all = historyOf(events);
  const shown = sentencesIn(rendered(HistoryView(sightAfter(events, plan))));
  expect(shown.length).toBe(all.length);
  expect(shown[0]).toContain('The run is over');
  expect(shown.at(-1)).toContain('started a run');
});

test('tells of decisions alone where that is asked for, and offers both', () => {
  const html = rendered(HistoryView({ ...sightAfter(events, plan), only: 'decisions' }));
  const shown = sentencesIn(html);
  expect(shown.length).toBeGreaterThan(5);
  for (const sentence of shown) expect(sentence).toMatch(/approved|Asked|withdrawn|said|wanted/);
  expect(html).toContain('href="?only=decisions"');
});

test('tells the same however far the journal had been told before, and of an earlier moment too', () => {
  for (const count of [3, 40, events.length, 17]) {
    const shown = sentencesIn(rendered(HistoryView(sightAfter(events, plan, count))));
    expect(shown.length).toBe(historyOf(events.slice(0, count)).length);
  }
});

test('says that a run of an earlier version kept no journal', () => {
  expect(rendered(HistoryView(sightWith()))).toContain('kept no journal');
});

test('a hostile reason is text', () => {
  const decision = {
    id: 'd',
    questionId: null,
    stepKey: null,
    verdict: 'stop',
    by: '<img src=x onerror=alert(1)>',
    reason: '</li><script>alert(2)</script>',
    at: '2030-01-01T10:00:01.000Z',
    refused: null,
  } as const;
  const { steps, questions: _questions, decisions: _decisions, ...facts } = snapshotWith();
  const told: readonly RunEvent[] = [
    { n: 1, at: '2030-01-01T10:00:00.000Z', run: facts, steps },
    { n: 2, at: decision.at, decisions: [decision] },
  ];
  const html = rendered(HistoryView(sightAfter(told, plan)));
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/<script|<img/);
});
