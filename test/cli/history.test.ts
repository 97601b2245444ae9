import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { historyOf } from '../../src/present/history.ts';
import { presentHistory } from '../../src/present/history-lines.ts';
import {
  STEP_STATES,
  type AheadApproval,
  type Decision,
  type RunSnapshot,
  type StepSnapshot,
} from '../../workflows/contract.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { questionWith, snapshotWith, stepWith } from './snapshots.ts';

function step(parts: Partial<StepSnapshot> = {}): StepSnapshot {
  const { waiting: _waiting, ...rest } = stepWith(parts);
  return rest;
}

function decision(parts: Partial<Decision> = {}): Decision {
  return {
    id: 'd1',
    questionId: 'create-cluster@NODE-A/1',
    stepKey: 'create-cluster@NODE-A',
    verdict: 'approve',
    by: 'CONTOSO\\dba-1',
    reason: '',
    at: '2030-01-01T10:01:00.000Z',
    refused: null,
    ...parts,
  };
}

/** What is told of a run that was so, then so, and so on. */
function told(...moments: readonly Partial<RunSnapshot>[]) {
  const journal = new Journal();
  let before: RunSnapshot | null = null;
  for (const parts of moments) {
    const now = snapshotWith(parts);
    journal.append(before, now);
    before = now;
  }
  return historyOf(journal.page(1).events);
}

const textsOf = (...moments: readonly Partial<RunSnapshot>[]) => told(...moments).map(({ text }) => text);

test('a run is told from who started it to how it ended', () => {
  const change = { ticket: 'CHG0048213', owner: 'dba', contact: 'dba@contoso.com' };
  const texts = textsOf(
    { steps: [], planHash: null, state: 'planning' },
    { change },
    { change, steps: [step({ state: 'applying' })] },
    { change, steps: [step({ state: 'changed' })] },
    {
      change,
      steps: [step({ state: 'changed' })],
      state: 'done',
      endedAt: '2030-01-01T10:02:00.000Z',
      proof: 'failover not proven',
    },
  );
  expect(texts).toEqual([
    'ann started a run of sample.',
    'The plan aaaaaaaaaaaa has 1 step, under change CHG0048213 of dba, contact dba@contoso.com.',
    'Changing: Create the failover cluster (NODE-A).',
    'Changed: Create the failover cluster (NODE-A).',
    'The run is over: done, failover not proven.',
  ]);
});

describe('a decision', () => {
  const question = questionWith({ needs: [{ count: 2, group: 'dba', given: [] }] });
  const asking = { steps: [step({ state: 'asking' })], questions: [question] };

  test('is told with who made it and why, and how many are still needed', () => {
    const needs = [{ count: 2, group: 'dba', given: ['CONTOSO\\dba-1'] }];
    const agreed = { ...asking, questions: [{ ...question, needs }] };
    expect(textsOf({}, asking, { ...agreed, decisions: [decision({ reason: 'CHG1' })] }).slice(2)).toEqual([
      'Asked before it changes anything: Create the failover cluster (NODE-A). Create it?',
      'CONTOSO\\dba-1 approved: Create the failover cluster (NODE-A). Reason: CHG1. So far 1 of 2 of dba.',
    ]);
  });

  test('that was refused is told with the reason, and stays no answer', () => {
    const refused = 'CONTOSO\\dba-1 started this run. Ask somebody else.';
    const [, , , last] = told({}, asking, { ...asking, decisions: [decision({ refused })] });
    expect(last).toMatchObject({ about: 'decision', tone: 'bad', stepKey: 'create-cluster@NODE-A' });
    expect(last?.text).toBe(
      `CONTOSO\\dba-1 wanted to approve: Create the failover cluster (NODE-A). Refused: ${refused}`,
    );
  });

  test('on the whole run names no step', () => {
    const stop = decision({ stepKey: null, questionId: null, verdict: 'stop', reason: 'window is over' });
    expect(textsOf({}, { decisions: [stop] }).at(-1)).toBe(
      'CONTOSO\\dba-1 said to stop the whole run. Reason: window is over.',
    );
  });
});

describe('an approval ahead of time', () => {
  const ahead: AheadApproval = {
    id: 'a1',
    planHash: 'a'.repeat(64),
    steps: ['create-cluster@NODE-A'],
    kinds: ['failover'],
    from: '2030-01-01T23:00:00+01:00',
    until: '2030-01-02T05:00:00+01:00',
    by: 'ann',
    reason: 'CHG1',
    givenAt: '2030-01-01T16:00:00.000Z',
    withdrawn: null,
    uses: [],
  };
  const what = 'Create the failover cluster (NODE-A), failover';

  test('is told when it is given, with its span, and when it is withdrawn', () => {
    const withdrawn = { by: 'bob', reason: 'not tonight', at: '2030-01-01T17:00:00.000Z' };
    expect(told({}, { ahead: [ahead] }, { ahead: [{ ...ahead, withdrawn }] }).slice(2)).toMatchObject([
      {
        about: 'decision',
        text: `ann approved ahead of time, from 2030-01-01 22:00 UTC until 2030-01-02 04:00 UTC: ${what}. Reason: CHG1.`,
      },
      {
        about: 'decision',
        text: `bob withdrew what ann had approved ahead of time: ${what}. Reason: not tonight.`,
      },
    ]);
  });

  test('is told once, and where it counts as what it is: its giver was not asked then', () => {
    const { id, stepKey } = questionWith();
    const used = { ...ahead, uses: [{ questionId: id, stepKey, about: 'gate' as const, at: '' }] };
    const counted = { ahead: [used], decisions: [decision({ by: 'ann', ahead: ahead.id })] };
    expect(textsOf({}, { ahead: [ahead] }, counted).slice(3)).toEqual([
      'ann had approved ahead of time: Create the failover cluster (NODE-A).',
    ]);
  });
});

test('an expiry is told as one, and not as what nobody said', () => {
  const reason = 'Nobody settled its question within 8 hours, and the site file says onExpiry: stop';
  const expiry = decision({ by: 'nobody', verdict: 'stop', reason, expired: true });
  expect(textsOf({}, { decisions: [expiry] }).at(-1)).toBe(
    `The question expired, which stops the whole run, asked at: Create the failover cluster (NODE-A). Reason: ${reason}.`,
  );
});

test('a question that only some of those agreed to who must is told to be withdrawn', () => {
  const needs = (...given: string[]) => [{ count: 2, group: 'dba', given }];
  const half = { questions: [questionWith({ needs: needs('ann') })], decisions: [decision({ by: 'ann' })] };
  const asking = { questions: [questionWith({ needs: needs() })] };
  expect(textsOf({}, asking, half, { ...half, questions: [] }).at(-1)).toMatch(/^Question withdrawn, since/);
  const both = [decision({ by: 'ann' }), decision({ id: 'd2', by: 'bob' })];
  const agreed = { questions: [questionWith({ needs: needs('ann', 'bob') })], decisions: both };
  expect(textsOf({}, half, agreed, { ...agreed, questions: [] }).at(-1)).toMatch(/^bob approved/);
  expect(textsOf({}, half, { questions: [], decisions: both }).at(-1)).toMatch(/^bob approved/);
});

test('a question that nobody answered is told to be withdrawn, an answered one is not', () => {
  const asking = { questions: [questionWith()] };
  const withdrawn = /^Question withdrawn, since the run ends: Create the failover cluster/;
  expect(textsOf({}, asking, { questions: [] }).at(-1)).toMatch(withdrawn);
  const answered = textsOf({}, asking, { questions: [], decisions: [decision()] });
  expect(answered.at(-1)).toContain('approved');
  const late = { questions: [questionWith({ expiresAt: '2001-01-01T00:00:00.000Z' })] };
  expect(textsOf({}, late, { questions: [] }).at(-1)).toContain('since its time was over');
});

test('a step that is stuck says what is and what to do, once', () => {
  const problem = {
    kind: 'operator',
    message: 'The share is missing',
    advice: 'Create it, then retry.',
  } as const;
  const stuck = { steps: [step({ state: 'stuck', problem })], questions: [questionWith({ about: 'stuck' })] };
  expect(textsOf({}, stuck).slice(2)).toEqual([
    'Stuck: Create the failover cluster (NODE-A). The share is missing. Create it, then retry.',
  ]);
});

test('a restart is told with what wanted it', () => {
  const restarts = [{ host: 'NODE-A', stepKey: 'create-cluster@NODE-A', wanted: ['a.sys (driver)'], at: '' }];
  expect(textsOf({}, { steps: [step({ state: 'restarting' })], restarts }).at(-1)).toBe(
    'Restarting NODE-A: Create the failover cluster (NODE-A). Wanted by a.sys (driver).',
  );
});

test.each(STEP_STATES)('a step that becomes %s is told in whole sentences or not at all', (state) => {
  for (const mode of ['perform', 'rehearse', 'verify'] as const) {
    const shortfall = ['It is missing'];
    const texts = textsOf({ mode }, { mode, steps: [step({ state, shortfall, tries: 1 })] });
    expect(texts.join('\n')).not.toMatch(/undefined|null|NaN|\[object/);
    for (const text of texts) expect(text).toMatch(/^[A-Za-z].*[.!?]$/);
  }
});

test('what follows can be told to who knows the run until then', () => {
  const journal = new Journal();
  const [one, other] = [snapshotWith(), snapshotWith({ steps: [step({ state: 'changed' })] })];
  journal.append(null, one);
  journal.append(one, other);
  const { events } = journal.page(1);
  expect([...historyOf(events.slice(0, 1)), ...historyOf(events.slice(1), one)]).toEqual(historyOf(events));
});

test('in a terminal each has its time and its mark, and each day its date', () => {
  const style = { colours: false, unicode: false, width: 60, command: (words: string) => words };
  const lines = presentHistory(told({}, { steps: [step({ state: 'changed' })] }), style);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d > ann started a run of sample\.$/);
  expect(lines.at(-1)).toMatch(/^\d\d:\d\d:\d\d \+ Changed: Create the failover cluster \(NODE-A\)\.$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

test('a browser can tell it, replay it and check its chain', async () => {
  const parts = ['src/present/history.ts', 'workflows/journal/changes.ts', 'workflows/journal/chain.ts'];
  const { outputFiles } = await build({
    absWorkingDir: packageRoot,
    stdin: {
      contents: parts.map((part) => `export * from './${part}';`).join('\n'),
      resolveDir: packageRoot,
    },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  expect(outputFiles[0]?.text).toContain('checkChain');
});
