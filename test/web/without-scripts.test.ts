import { expect, test } from 'vitest';
import { OperatorError } from '../../src/failures.ts';
import { ROLES } from '../../src/web/visitor.ts';
import { questionWith, shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* What a browser without scripts makes of the pages. */

const REFRESH = /<noscript><meta http-equiv="refresh" content="([^"]*)"/;

test('the page of a run is loaded again by its own address, but not while somebody may write on it', async () => {
  const quiet = shownRun();
  const page = await (
    await signedIn(ROLES, clientOf(quiet))
  ).get(`/runs/${quiet.runId}/history?only=decisions`);
  const [, content] = REFRESH.exec(await page.text()) ?? [];
  expect(content).toBe(`10; url=/runs/${quiet.runId}/history?only=decisions`);
  const asking = shownRun({ questions: [questionWith()] });
  const html = await (
    await (await signedIn(ROLES, clientOf(asking))).get(`/runs/${quiet.runId}/steps`)
  ).text();
  expect(html).not.toMatch(REFRESH);
  expect(html).toContain(`<a href="/runs/${quiet.runId}/steps">load the page again</a>`);
});

test('a refusal stays until it was read, with the reason that was given', async () => {
  const run = shownRun();
  const answer = () => Promise.reject(new OperatorError('It was answered by bob.', 'Look.'));
  const room = await signedIn(ROLES, clientOf(run, { answer }));
  const form = { stepKey: 'a', questionId: 'b', planHash: '', reason: 'as agreed', verdict: 'approve' };
  const refused = await (await room.post(`/runs/${run.runId}/answer`, form)).text();
  expect(refused).toContain('It was answered by bob. You wrote: “as agreed”');
  expect(refused).not.toMatch(REFRESH);
});

test.each([
  ['answer', 'steps'],
  ['end', 'what-if'],
  ['approve-ahead', 'ahead'],
  ['withdraw-ahead', 'ahead'],
])('who comes back to where a form was sent, /%s, is led to the page of that form', async (sent, shown) => {
  const run = shownRun();
  const answer = await (await signedIn(['viewer'], clientOf(run))).get(`/runs/${run.runId}/${sent}`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/runs/${run.runId}/${shown}`]);
});
