import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { decisionMs } from '../../src/client/decision-time.ts';
import { findRun, UnknownRun } from '../../src/client/find-run.ts';
import type { ServerLink } from '../../src/client/server-link.ts';
import { startRun } from '../../src/client/start-run.ts';
import { openRunRecords } from '../../src/run-record.ts';
import { clientOf, signedIn } from '../web/signed-in.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { shownRun } from './snapshots.ts';

const REF = { workflowId: 'ssis-ha/sample', runId: '0190a0a0-0000-7000-8000-000000000001' };

const WISH = { site: 'sample', request: {}, mode: 'perform', by: 'ann' } as const;
const LISTED = { ...REF, startTime: new Date(), status: { name: 'RUNNING' } };

/** A server that starts the run, and whose list answers this, one after the other; the last for good. */
function serverThatLists(...answers: readonly (readonly unknown[])[]) {
  let asked = 0;
  const list = () => answers[Math.min(asked++, answers.length - 1)];
  const start = () => Promise.resolve({ firstExecutionRunId: REF.runId });
  const client = { workflow: { list, start } } as unknown as Client;
  const ask = <Result>(work: (to: Client) => Promise<Result>) => work(client);
  return { link: { ask } as unknown as ServerLink, timesListed: () => asked };
}

test('a run that was just started is said to be once it is listed, though the list of the server lags behind', async () => {
  const { link, timesListed } = serverThatLists([], [], [LISTED]);
  expect(await startRun(link, WISH)).toEqual(REF);
  expect(timesListed()).toBe(3);
  expect(await findRun(link, openRunRecords(await temporaryDirectory()), REF.runId)).toEqual(REF);
});

test('a run is started though the list of the server cannot be had', async () => {
  const { link } = serverThatLists();
  expect(await startRun(link, WISH)).toEqual(REF);
});

test('the time of a decision grows with the hosts, whose history a worker that takes the run over reads', () => {
  const hosts = (count: number) => Array.from({ length: count }, () => ({}));
  expect(decisionMs({ nodes: hosts(2), workers: hosts(2) })).toBe(5_000);
  expect(decisionMs({ nodes: hosts(8), workers: hosts(40) })).toBe(12_000);
});

test('an id that no run has is told as that', async () => {
  const { link } = serverThatLists([]);
  const records = openRunRecords(await temporaryDirectory());
  await expect(findRun(link, records, REF.runId)).rejects.toThrow(UnknownRun);
});

test('a page of a run that nobody knows is not found, and nothing behind the page is to blame', async () => {
  const run = shownRun();
  const find = () => Promise.reject(new UnknownRun('No run has the id', 'Look it up.'));
  const room = await signedIn(['viewer'], clientOf(run, { find }));
  const answer = await room.get(`/runs/${run.runId}/steps`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain('No run has the id');
});
