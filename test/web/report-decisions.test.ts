import { expect, test } from 'vitest';
import type { AheadApproval, Decision } from '../../workflows/contract.ts';
import { documentOf, eventsOf, here } from './report-samples.ts';

const QUESTION = { questionId: 'create-cluster@NODE-A/1', stepKey: 'create-cluster@NODE-A' };
const NIGHT = '2030-01-02T03:00:00.000Z';

const given: AheadApproval = {
  id: 'a1',
  planHash: 'a'.repeat(64),
  steps: [QUESTION.stepKey],
  kinds: ['failover'],
  from: '2030-01-01T22:00:00Z',
  until: '2030-01-02T04:00:00Z',
  by: 'ann',
  reason: 'tonight',
  givenAt: '2030-01-01T16:00:00.000Z',
  withdrawn: null,
  uses: [{ ...QUESTION, about: 'gate', at: NIGHT }],
};
const withdrawn = { by: 'bob', reason: 'not tonight', at: '2030-01-01T17:00:00.000Z' };
const decided: Decision = {
  id: 'd1',
  ...QUESTION,
  verdict: 'approve',
  by: 'ann',
  reason: 'tonight',
  at: NIGHT,
  refused: null,
  ahead: given.id,
};

/** The words of a part of the report, in one line. */
function wordsOf(part: string, ...moments: Parameters<typeof eventsOf>[0]): string {
  const text = here.fileOf(documentOf(eventsOf([{}, ...moments])));
  const [, section = ''] = new RegExp(`<section id="${part}"(.*?)</section>`, 's').exec(text) ?? [];
  return section.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

test('a report tells what was approved ahead of time, for what it counted, and what was withdrawn', () => {
  const other = { ...given, id: 'a2', by: 'eve', steps: [], uses: [], withdrawn };
  const words = wordsOf('approved-ahead', { ahead: [given, other] });
  expect(words).toContain(
    '2030-01-01 16:00:00 UTC ann Create the failover cluster (NODE-A), failover 2030-01-01 22:00:00 UTC 2030-01-02 04:00:00 UTC tonight Create the failover cluster (NODE-A) 2030-01-02 03:00:00 UTC no',
  );
  expect(words).toContain('no question 2030-01-01 17:00:00 UTC by bob: not tonight');
  expect(wordsOf('approved-ahead', {})).toBe('');
});

test('a decision that was given ahead of time says so, at its step too', () => {
  const moment = { ahead: [given], decisions: [decided] };
  expect(wordsOf('decisions', moment)).toContain('tonight taken, given ahead of time');
  expect(wordsOf('evidence', moment)).toContain('ann: approve, tonight; given ahead of time');
});

test('an expiry is called one, and not an answer that was taken', () => {
  const { ahead: _ahead, ...said } = decided;
  const expiry: Decision = { ...said, verdict: 'stop', by: 'nobody', reason: 'Silence', expired: true };
  expect(wordsOf('decisions', { decisions: [expiry] })).toContain('Silence expired');
  expect(wordsOf('evidence', { decisions: [expiry] })).toContain('nobody: stop, Silence; expired');
});
