import { describe, expect, test } from 'vitest';
import { RunHead } from '../../src/web/views/run-head.tsx';
import { rendered } from '../../src/web/views/rendered.ts';
import type { Decision } from '../../workflows/contract.ts';
import { shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';
import { sightWith } from './sights.ts';

const SAID: Decision = {
  id: 'end/1',
  questionId: null,
  stepKey: null,
  verdict: 'stop',
  by: 'bob',
  reason: '',
  at: '2030-01-01T10:04:00.000Z',
  refused: null,
};

/** The head of a run of which this was said, as text. */
function headWith(parts: Parameters<typeof shownRun>[0]): string {
  return rendered(RunHead(sightWith({ run: shownRun(parts) }))).replaceAll(/<[^>]*>/g, '');
}

describe('a run that was told to end says so until it has', () => {
  const told = /stopping said by bob at 2030-01-01 10:04:00 UTC: what is under way is finished first/;

  test('though its state stays "running"', () => {
    expect(headWith({ decisions: [SAID] })).toMatch(told);
    expect(headWith({ decisions: [{ ...SAID, refused: 'no' }] })).not.toMatch(/stopping/);
    expect(headWith({ decisions: [SAID], state: 'stopped', endedAt: SAID.at })).not.toMatch(/stopping/);
  });

  test('also where it was the answer to a question, or came of silence', () => {
    const answered = { ...SAID, stepKey: 'create-cluster@NODE-A', questionId: 'create-cluster@NODE-A/1' };
    expect(headWith({ decisions: [answered] })).toMatch(told);
    const silence: Decision = { ...answered, by: 'nobody', expired: true };
    expect(headWith({ decisions: [silence] })).toMatch(/stopping since nobody answered in time, at 2030/);
  });

  test('the first "stop" stands, and "undo" may follow it', () => {
    const later: Decision = { ...SAID, by: 'cat', at: '2030-01-01T10:05:00.000Z' };
    expect(headWith({ decisions: [SAID, later] })).toMatch(told);
    expect(headWith({ decisions: [SAID, { ...later, verdict: 'undo' }] })).toMatch(/undo said by cat/);
  });
});

test('an end that no control worker has taken yet is not passed over', async () => {
  const run = shownRun();
  const room = await signedIn(['operator'], clientOf(run, { end: () => Promise.resolve(null) }));
  const answer = await room.post(`/runs/${run.runId}/end`, { verdict: 'stop', reason: '' });
  expect(answer.status).toBe(202);
  expect(await answer.text()).toContain('The run has the request; no control worker has taken it yet');
});

test('"undo" takes back what was listed when it was pressed, and no more', async () => {
  const run = shownRun();
  const listed = (key: string) => ({ key, title: key, what: 'undone', reason: null, residue: [] }) as const;
  let steps = [listed('create-cluster@NODE-A')];
  const said: string[] = [];
  const client = clientOf(run, {
    whatIfStopped: () => Promise.resolve({ steps }),
    end: (_run, { verdict }) => {
      said.push(verdict);
      return Promise.resolve(run);
    },
  });
  const room = await signedIn(['operator'], client);
  const seen = async () => {
    const html = await (await room.get(`/runs/${run.runId}/what-if`)).text();
    return /name="listed" value="([^"]+)"/.exec(html)?.[1] ?? '';
  };
  const say = (verdict: string, mark: string) =>
    room.post(`/runs/${run.runId}/end`, { verdict, reason: 'enough', listed: mark });
  const early = await seen();
  steps = [listed('enable-cluster@NODE-A'), ...steps];
  const refused = await say('undo', early);
  expect(refused.status).toBe(409);
  const page = await refused.text();
  expect(page).toContain('has changed since you looked');
  expect(page).toContain('enable-cluster@NODE-A');
  expect(page).toContain('>enough</textarea>');
  expect(said).toEqual([]);
  expect((await say('undo', await seen())).status).toBe(303);
  // Whatever was changed since, a stop leaves it as it is.
  expect((await say('stop', early)).status).toBe(303);
  expect(said).toEqual(['undo', 'stop']);
});
