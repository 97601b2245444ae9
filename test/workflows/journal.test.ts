import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { STEP_STATES, type RunSnapshot, type StepSnapshot } from '../../workflows/contract.ts';
import { checkChain, EMPTY_HEAD } from '../../workflows/journal/chain.ts';
import { afterEvent, replayEvents } from '../../workflows/journal/changes.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { questionWith, snapshotWith, stepWith } from '../cli/snapshots.ts';
import { recordedResult, recordedRun, recordedRuns } from './recorded-runs.ts';

test.each(recordedRuns)('the events of %s give each of its snapshots again', async (name) => {
  const { entries, events, snapshots } = await recordedRun(name, 'as performed');
  expect(events.length).toBe(snapshots.length);
  expect(events.length).toBeGreaterThan(100);
  let replayed: RunSnapshot | null = null;
  for (const [at, event] of events.entries()) {
    replayed = afterEvent(replayed, event);
    const mark = { events: at + 1, head: entries[at]?.head };
    expect({ ...replayed, journal: mark }).toEqual(snapshots[at]);
  }
  expect(replayed?.endedAt).not.toBeNull();
  expect(checkChain(events, entries.at(-1)?.head ?? '')).toBeNull();
  // A replay does not know the workflow's id, and the build that performed the run knew less to tell.
  const { journal: _journal, workflowId: _workflowId, ...answered } = recordedResult(name);
  expect(replayed).toMatchObject(answered);
});

test('a run that is replayed tells the same events and the same heads', async () => {
  const [one, other] = [await recordedRun('undone.json.gz'), await recordedRun('undone.json.gz')];
  expect(one.entries).toEqual(other.entries);
});

test('a replay hands no snapshot over once more: of a large estate that takes longer than all else of it', async () => {
  const { snapshots, entries } = await recordedRun('whole.json.gz');
  expect(entries.length).toBeGreaterThan(100);
  expect(snapshots.length).toBeLessThan(3);
});

const KEYS = ['one@A', 'two@A', 'two@B'];

const drawnStep = (key: string): fc.Arbitrary<StepSnapshot> =>
  fc
    .record(
      {
        state: fc.constantFrom(...STEP_STATES),
        tries: fc.nat({ max: 3 }),
        startedAt: fc.option(fc.string()),
        shortfall: fc.array(fc.string({ unit: 'binary' })),
        problem: fc.option(
          fc.record({ kind: fc.constant('bug' as const), message: fc.string(), advice: fc.string() }),
        ),
        window: fc.string(),
      },
      { requiredKeys: ['state', 'tries'] },
    )
    .map((parts) => {
      const { waiting: _waiting, ...step } = stepWith({ key, ...parts });
      return step;
    });

/** Snapshots as they follow each other in a run: steps come once, decisions and restarts only ever grow. */
const drawnRun: fc.Arbitrary<readonly RunSnapshot[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom('running' as const, 'waiting' as const, 'undoing' as const),
      change: fc.option(fc.record({ ticket: fc.string(), owner: fc.string(), contact: fc.string() })),
      steps: fc.tuple(...KEYS.map(drawnStep)),
      open: fc.uniqueArray(
        fc.record({ id: fc.constantFrom('q1', 'q2', 'q3'), seen: fc.array(fc.string()) }),
        {
          selector: ({ id }) => id,
        },
      ),
      decided: fc.nat({ max: 2 }),
      restarts: fc.nat({ max: 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((moments) => {
    const ended = { decisions: 0, restarts: 0 };
    return moments.map(({ state, change, steps, open, decided, restarts }) => {
      ended.decisions += decided;
      ended.restarts += restarts;
      const restarted = Array.from({ length: ended.restarts }, (_, at) => ({
        host: 'A',
        stepKey: 'one@A',
        wanted: [],
        at: String(at),
      }));
      return snapshotWith({
        state,
        change,
        steps,
        questions: open.map((parts) => questionWith(parts)),
        decisions: Array.from({ length: ended.decisions }, (_, at) => ({
          id: String(at),
          questionId: null,
          stepKey: null,
          verdict: 'stop' as const,
          by: 'ann',
          reason: '',
          at: String(at),
          refused: null,
        })),
        ...(restarted.length > 0 && { restarts: restarted }),
      });
    });
  });

/** The order of the open questions says nothing. */
function inAnyOrder(snapshot: RunSnapshot | null): RunSnapshot | null {
  if (snapshot === null) return null;
  const questions = snapshot.questions.toSorted((one, other) => one.id.localeCompare(other.id));
  return { ...snapshot, questions };
}

/** The journal of such a run, and the snapshot that each of its events tells of. */
function journalOf(snapshots: readonly RunSnapshot[]) {
  const journal = new Journal();
  const told: RunSnapshot[] = [];
  let before: RunSnapshot | null = null;
  for (const now of snapshots) {
    if (journal.append(before, now) !== null) told.push(now);
    before = now;
  }
  const events = JSON.parse(JSON.stringify(journal.page(1).events)) as readonly RunEvent[];
  return { journal, told, events };
}

test('whatever changes, the events up to any moment give the snapshot of that moment', () => {
  fc.assert(
    fc.property(drawnRun, (snapshots) => {
      const { told, events } = journalOf(snapshots);
      expect(events.map(({ n }) => n)).toEqual(told.map((_, at) => at + 1));
      for (const [at, snapshot] of told.entries()) {
        expect(inAnyOrder(replayEvents(events, at + 1))).toEqual(inAnyOrder(snapshot));
      }
    }),
  );
});

test('what was told again unchanged is no event', () => {
  fc.assert(
    fc.property(drawnRun, (snapshots) => {
      const again = snapshots.flatMap((snapshot) => [snapshot, structuredClone(snapshot)]);
      expect(journalOf(again).events.length).toBe(journalOf(snapshots).events.length);
    }),
  );
});

test('the chain breaks with any character of any event, an event left out, doubled or moved', () => {
  fc.assert(
    fc.property(drawnRun, fc.nat(), fc.nat(), (snapshots, which, where) => {
      const { journal, events } = journalOf(snapshots);
      const { head } = journal.mark;
      expect(checkChain(events, head)).toBeNull();
      const at = which % events.length;
      const text = JSON.stringify(events[at]);
      const place = where % text.length;
      const changed = `${text.slice(0, place)}${text[place] === '1' ? '2' : '1'}${text.slice(place + 1)}`;
      const forged = parsed(changed);
      expect(forged === null || checkChain(events.with(at, forged), head) !== null).toBe(true);
      expect(checkChain(events.toSpliced(at, 1), head)).not.toBeNull();
      expect(checkChain(events.toSpliced(at, 0, ...events.slice(at, at + 1)), head)).not.toBeNull();
    }),
  );
});

/** Null where the text is no event any more. */
function parsed(text: string): RunEvent | null {
  try {
    return JSON.parse(text) as RunEvent;
  } catch {
    return null;
  }
}

test('pages put together are the whole journal, and each goes on where the one before ended', () => {
  const long = 'x'.repeat(100_000);
  const snapshots = Array.from({ length: 12 }, (_, at) =>
    snapshotWith({ steps: [stepWith({ shortfall: [`${at} ${long}`] })] }),
  );
  const { journal } = journalOf(snapshots);
  const collected: RunEvent[] = [];
  let head = EMPTY_HEAD;
  while (collected.length < journal.mark.events) {
    const page = journal.page(collected.length + 1);
    expect(page.before).toBe(head);
    expect(page.events.length).toBeGreaterThan(0);
    expect(JSON.stringify(page).length).toBeLessThan(500_000);
    const before = { events: collected.length, head };
    collected.push(...page.events);
    head = journal.page(collected.length + 1).before;
    expect(checkChain(page.events, head, before)).toBeNull();
  }
  expect(head).toBe(journal.mark.head);
  expect(journal.page(collected.length + 5)).toMatchObject({ events: [], before: head, count: 12 });
  expect(journal.page(Number.NaN).events[0]?.n).toBe(1);
});
