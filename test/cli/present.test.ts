import { describe, expect, test } from 'vitest';
import {
  presentAhead,
  presentAnswer,
  presentChanges,
  presentEnding,
  presentForecast,
  presentMoment,
  presentQuestion,
  presentRehearsal,
  presentRun,
  type Style,
} from '../../src/present.ts';
import { abilities } from '../../src/present/style.ts';
import { RUN_STATES, STEP_STATES, type Question } from '../../workflows/contract.ts';
import { sightWith } from '../web/sights.ts';
import { questionWith, shownRun, stepWith } from './snapshots.ts';

const PLAIN: Style = { colours: false, unicode: true, width: 100, command: (words) => `ssis-ha ${words}` };
const NOW = Date.parse('2030-01-01T10:02:05.000Z');
const ENDED = '2030-01-01T10:02:00.000Z';

const ABOUTS = ['gate', 'restart', 'stuck', 'undo'] as const;
const OFFERS = ['approve', 'reject', 'retry', 'skip', 'undo', 'stop'] as const;

describe('every state has its words', () => {
  test.each(RUN_STATES)('of a run: %s', (state) => {
    const run = shownRun({ state, endedAt: ENDED });
    const lines = [
      ...presentRun(run, NOW, PLAIN),
      ...presentMoment(run, NOW, PLAIN),
      ...presentEnding(run, PLAIN),
    ];
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/);
  });

  test.each(STEP_STATES)('of a step: %s', (state) => {
    const run = shownRun({ steps: [stepWith({ state, startedAt: '2030-01-01T10:00:00.000Z' })] });
    const lines = [
      ...presentRun(run, NOW, PLAIN),
      ...presentMoment(run, NOW, PLAIN),
      ...presentChanges(shownRun(), run, 'all', PLAIN),
      ...presentRehearsal(run, PLAIN),
    ];
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('a question', () => {
  test.each(ABOUTS)('about a %s ends with the commands that answer it', (about) => {
    const question = questionWith({ about, offers: OFFERS, interrupts: ['engine', 'workers'] });
    const text = presentRun(shownRun({ state: 'waiting', questions: [question] }), NOW, PLAIN).join('\n');
    expect(text).toContain('Create it?');
    expect(text).toContain('Interrupts the engine and the workers.');
    for (const verdict of OFFERS) expect(text).toContain(`ssis-ha ${verdict} create-cluster@NODE-A`);
  });

  test('is told once where lines are told', () => {
    const asking = shownRun({ questions: [questionWith()] });
    expect(presentChanges(null, asking, 'all', PLAIN).join('\n')).toContain('ssis-ha approve');
    expect(presentChanges(asking, asking, 'all', PLAIN)).toEqual([]);
  });
});

describe('change control', () => {
  test('says what becomes of the run when nobody settles a question in time', () => {
    const told = (parts: Partial<Question>) =>
      presentQuestion(questionWith({ expiresAt: ENDED, ...parts }), shownRun(), PLAIN).join('\n');
    expect(told({})).toContain('it is withdrawn and its step is stuck');
    expect(told({ onExpiry: 'undo' })).toContain('takes back all that it changed');
  });

  test('never calls silence a person, and tells an answer that was given ahead of time', () => {
    const decision = {
      id: 'd',
      questionId: 'create-cluster@NODE-A/1',
      stepKey: 'create-cluster@NODE-A',
      reason: 'nobody came',
      at: ENDED,
      refused: null,
    };
    const silent = { ...decision, verdict: 'stop', by: 'nobody', expired: true } as const;
    const early = { ...decision, verdict: 'approve', by: 'ann', ahead: 'a' } as const;
    const run = shownRun({ state: 'stopped', endedAt: ENDED, decisions: [early, silent] });
    const changes = presentChanges(shownRun(), run, 'all', PLAIN).join('\n');
    expect(changes).toContain('Silence says stop to create-cluster@NODE-A (nobody came)');
    expect(changes).toContain('ann, ahead of time, says approve');
    expect(presentEnding(run, PLAIN).join('\n')).toContain('answered by ann.');
  });

  test('tells each approval ahead of time with its span, its uses and who withdrew it', () => {
    const approval = {
      id: '12345678-abcd',
      planHash: 'hash',
      steps: ['create-cluster@NODE-A'],
      kinds: ['failover'] as const,
      from: '2030-01-01T10:00:00.000Z',
      until: ENDED,
      by: 'ann',
      reason: 'CHG-1',
      givenAt: '2030-01-01T09:00:00.000Z',
      withdrawn: { by: 'bob', reason: 'no load test', at: ENDED },
      uses: [{ questionId: 'q', stepKey: 'create-cluster@NODE-A', about: 'gate', at: ENDED }],
    } as const;
    const lines = presentAhead([approval], PLAIN).join(' ').replaceAll(/\s+/g, ' ');
    for (const part of [
      '12345678 ann: create-cluster@NODE-A, failover',
      'CHG-1',
      '1 question',
      'by bob (no load test)',
    ])
      expect(lines).toContain(part);
    expect(presentAhead([], PLAIN)).toEqual(['Nobody has approved anything of this run ahead of time.']);
  });
});

describe('whatever leaves somebody waiting ends with what to type', () => {
  test('a run that goes on', () => {
    expect(presentRun(shownRun(), NOW, PLAIN).at(-1)).toContain('ssis-ha watch');
  });

  test.each(RUN_STATES)('a run that ended: %s', (state) => {
    expect(presentEnding(shownRun({ state, endedAt: ENDED }), PLAIN).join(' ')).toMatch(
      /ssis-ha (start|status|watch)/,
    );
  });

  test('an answer that was taken, and a forecast', () => {
    expect(presentAnswer(shownRun(), 'create-cluster@NODE-A', PLAIN).at(-1)).toContain('ssis-ha watch');
    const open = shownRun({ questions: [questionWith()] });
    expect(presentAnswer(open, 'other@NODE-A', PLAIN).at(-1)).toContain('ssis-ha status');
    expect(presentForecast({ steps: [] }, sightWith(), PLAIN).at(-1)).toContain('ssis-ha stop');
  });
});

describe('the end of a run', () => {
  test('says in its first line that failover is not proven', () => {
    const run = shownRun({ state: 'done', endedAt: ENDED, proof: 'failover not proven' });
    expect(presentEnding(run, PLAIN)[0]).toContain('failover not proven');
  });

  test('says that who decided is claimed, not proven', () => {
    const run = shownRun({ state: 'done', endedAt: ENDED, proof: 'failover proven' });
    expect(presentEnding(run, PLAIN).join('\n')).toContain('claimed, not proven');
  });

  test('lists what stays, with the reason', () => {
    const kept = stepWith({ state: 'kept', shortfall: ['Its undo was declined.'] });
    const run = shownRun({ state: 'undone', endedAt: ENDED, steps: [kept] });
    expect(presentEnding(run, PLAIN).join('\n')).toContain('kept. Its undo was declined.');
  });
});

describe('a step that is in trouble', () => {
  test('shows its problem with the advice', () => {
    const problem = {
      kind: 'operator',
      message: 'The name is taken',
      advice: 'Free it, then retry.',
    } as const;
    const run = shownRun({ steps: [stepWith({ state: 'stuck', problem })] });
    const text = presentRun(run, NOW, PLAIN).join('\n');
    expect(text).toContain('The name is taken');
    expect(text).toContain('Free it, then retry.');
  });

  test('shows what it waits for while it is tried again', () => {
    const waiting = { attempt: 3, message: 'It is busy', nextAt: '2030-01-01T10:02:10.000Z' };
    const run = shownRun({ steps: [stepWith({ state: 'applying', waiting })] });
    expect(presentMoment(run, NOW, PLAIN).join('\n')).toContain('It is busy (attempt 3');
  });
});

describe('what happened', () => {
  test('is told in its order, also when much is told at once', () => {
    const early = stepWith({
      id: 'first',
      state: 'changed',
      endedAt: '2030-01-01T10:00:10.000Z',
      title: 'Early',
    });
    const late = stepWith({
      id: 'second',
      state: 'changed',
      endedAt: '2030-01-01T10:00:50.000Z',
      title: 'Late',
    });
    const decision = {
      id: '1',
      questionId: 'q',
      stepKey: 'second@NODE-A',
      verdict: 'approve',
      by: 'bob',
      reason: 'CHG-1',
      at: '2030-01-01T10:00:30.000Z',
      refused: null,
    } as const;
    const run = shownRun({ steps: [late, early], decisions: [decision] });
    const told = presentChanges(null, run, 'settled', PLAIN).join('\n');
    expect(told).toMatch(/Early[\s\S]*bob says approve[\s\S]*Late/);
  });

  test('a rehearsal says what would change and what cannot be seen yet', () => {
    const steps = [
      stepWith({ id: 'a', state: 'in-place' }),
      stepWith({ id: 'b', shortfall: ['There is no cluster'] }),
      stepWith({ id: 'c', shortfall: ['cannot be seen yet: needs b@NODE-A'] }),
    ];
    const text = presentRehearsal(
      shownRun({ mode: 'rehearse', state: 'rehearsed', endedAt: ENDED, steps }),
      PLAIN,
    ).join('\n');
    expect(text).toMatch(/would change\n\s+There is no cluster/);
    expect(text).toMatch(/is not known\n\s+cannot be seen yet: needs b@NODE-A/);
    expect(text).toContain('1 step in place already, 2 not.');
    expect(text).toContain('Nothing was changed.');
  });
});

describe('the look of it', () => {
  const ESCAPE = '\u001b';

  test('is without colours where nobody sees them, or nobody wants them', () => {
    expect(abilities({ isTTY: true }, { TERM: 'xterm' }).colours).toBe(true);
    expect(abilities({ isTTY: true }, { TERM: 'xterm', NO_COLOR: '1' }).colours).toBe(false);
    expect(abilities({ isTTY: false }, { TERM: 'xterm' }).colours).toBe(false);
    expect(abilities({ isTTY: false }, { TERM: 'xterm', FORCE_COLOR: '1' }).colours).toBe(true);
  });

  test('holds no escape sequence without colours, and some with them', () => {
    const run = shownRun({ state: 'waiting', questions: [questionWith()] });
    expect(presentRun(run, NOW, PLAIN).join('')).not.toContain(ESCAPE);
    expect(presentRun(run, NOW, { ...PLAIN, colours: true }).join('')).toContain(ESCAPE);
  });

  test('keeps to the width, except for commands to type', () => {
    const long = 'a word '.repeat(60).trim();
    const run = shownRun({ steps: [stepWith({ title: long, state: 'kept', shortfall: [long] })] });
    for (const line of presentRun(run, NOW, { ...PLAIN, width: 80 }).slice(2))
      expect(line.length).toBeLessThanOrEqual(80);
  });
});
