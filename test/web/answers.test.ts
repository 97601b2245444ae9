import { expect, test } from 'vitest';
import { lookAfterAnswer } from '../../src/cli/look-after.ts';
import { OperatorError } from '../../src/failures.ts';
import { ROLES } from '../../src/web/visitor.ts';
import { shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* An answer that the run has taken is taken, though nobody can see the run since. */

const RUN = shownRun();
const blind = clientOf(RUN, {
  look: () => Promise.reject(new OperatorError('Nobody answers.', 'Look.')),
  answer: () => Promise.resolve(),
  approveAhead: () => Promise.resolve(),
});

test.each([
  ['answer', { stepKey: 'a', questionId: 'b', verdict: 'approve' }],
  ['approve-ahead', { zone: 'UTC', steps: 'a', from: '', until: '2030-01-01T22:00' }],
])('on the page: /%s is not told as refused', async (path, form) => {
  const room = await signedIn(ROLES, blind);
  const sent = { ...form, planHash: '', reason: 'CHG-1' };
  expect((await room.post(`/runs/${RUN.runId}/${path}`, sent)).status).toBe(303);
});

test('at the terminal: it says so', async () => {
  await expect(lookAfterAnswer(blind, RUN)).rejects.toThrow(
    'ssis-ha/sample took the answer; how it stands since then could not be seen',
  );
});
