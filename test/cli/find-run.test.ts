import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { findRun, UnknownRun } from '../../src/client/find-run.ts';
import type { ServerLink } from '../../src/client/server-link.ts';
import { openRunRecords } from '../../src/run-record.ts';
import { clientOf, signedIn } from '../web/signed-in.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { shownRun } from './snapshots.ts';

const REF = { workflowId: 'ssis-ha/sample', runId: '0190a0a0-0000-7000-8000-000000000001' };

/** A server whose list of runs answers this, one after the other; the last for good. */
function serverThatLists(...answers: readonly (readonly unknown[])[]): ServerLink {
  let asked = 0;
  const list = () => answers[Math.min(asked++, answers.length - 1)];
  const client = { workflow: { list } } as unknown as Client;
  return { ask: <Result>(work: (to: Client) => Promise<Result>) => work(client) } as unknown as ServerLink;
}

test('a run that was just started is found though the list of the server lags behind', async () => {
  const records = openRunRecords(await temporaryDirectory());
  const listed = { ...REF, startTime: new Date(), status: { name: 'RUNNING' } };
  expect(await findRun(serverThatLists([], [listed]), records, REF.runId)).toEqual(REF);
  await expect(findRun(serverThatLists([]), records, REF.runId)).rejects.toThrow(UnknownRun);
});

test('a page of a run that nobody knows is not found, and nothing behind the page is to blame', async () => {
  const run = shownRun();
  const find = () => Promise.reject(new UnknownRun('No run has the id', 'Look it up.'));
  const room = await signedIn(['viewer'], clientOf(run, { find }));
  const answer = await room.get(`/runs/${run.runId}/steps`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain('No run has the id');
});
