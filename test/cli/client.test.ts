import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  journalInRecord,
  lookAtRecord,
  openClient,
  type RunClient,
  type ShownRun,
} from '../../src/client.ts';
import { OperatorError } from '../../src/failures.ts';
import { openRunRecords } from '../../src/run-record.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { checkChain } from '../../workflows/journal/chain.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { startForTest } from '../temporal/server-for-test.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { snapshotWith, stepWith } from './snapshots.ts';

const WISH = { site: 'sample', request: {}, mode: 'perform', by: 'ann' } as const;

async function clientOfItsOwn(): Promise<{ readonly client: RunClient; readonly directory: string }> {
  const directory = await temporaryDirectory();
  const server = await startForTest({ directory });
  const client = await openClient({ directory, address: server.address });
  onTestFinished(() => client.close());
  return { client, directory };
}

/** Keeps a record of the run, as a control worker does. */
async function keepRecord(directory: string, parts: Partial<RunSnapshot>): Promise<void> {
  const records = openRunRecords(directory);
  records.keep(snapshotWith(parts));
  await records.flush();
}

test('a second run of a site is refused, and the refusal names the first and who started it', async () => {
  const { client } = await clientOfItsOwn();
  const first = await client.start(WISH);
  expect(first.workflowId).toBe('ssis-ha/sample');
  const refusal: unknown = await client.start({ ...WISH, by: 'bob' }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(OperatorError);
  expect(refusal).toMatchObject({
    message: expect.stringMatching(new RegExp(`${first.runId}.*started by ann`)),
    advice: expect.stringContaining('ssis-ha watch sample'),
  });
  const rehearsal = await client.start({ ...WISH, mode: 'rehearse' });
  expect(rehearsal.workflowId).toBe('ssis-ha/sample/rehearsal');
});

test('a run is found by its site, its workflow id and its run id, and is never guessed among several', async () => {
  const { client } = await clientOfItsOwn();
  const ref = await client.start(WISH);
  expect(await client.find('sample')).toEqual(ref);
  expect(await client.find('ssis-ha/sample')).toEqual(ref);
  expect(await client.find(null)).toEqual(ref);
  await client.start({ ...WISH, site: 'other' });
  await expect(client.find(null)).rejects.toThrow(/2 runs go on: .*(sample|other)/);
  await expect(client.find('nowhere')).rejects.toThrow('no run of the site "nowhere"');
});

test('without a control worker the record is shown, and an answer is not said to be taken', async () => {
  const { client, directory } = await clientOfItsOwn();
  const ref = await client.start(WISH);
  await expect(client.look(ref)).rejects.toThrow('No control worker answers');
  await keepRecord(directory, ref);
  expect(await client.look(ref)).toMatchObject({ from: 'record', isOpen: true, run: { runId: ref.runId } });
  const answer = { stepKey: 'create-cluster@NODE-A', verdict: 'approve', by: 'ann', reason: '' } as const;
  await expect(client.answer(ref, { ...answer, questionId: null, planHash: null })).rejects.toThrow(
    'it is not known that the answer was taken',
  );
});

test('a run of which nobody can tell is listed with what the server alone knows of it', async () => {
  const { client } = await clientOfItsOwn();
  const ref = await client.start(WISH);
  const known = { ...ref, site: 'sample', mode: 'perform', startedBy: 'ann', endedAt: null };
  expect(await client.list()).toMatchObject([{ ...known, state: 'unseen' }]);
});

test('the record of a run that has ended is read once for the list, and is missed there once it is gone', async () => {
  const { client, directory } = await clientOfItsOwn();
  const ended = snapshotWith({ state: 'done', endedAt: '2030-01-01T11:00:00.000Z' });
  const going = { runId: '0190a0a0-0000-7000-8000-00000000000f', workflowId: 'ssis-ha/forgotten' };
  await keepRecord(directory, ended);
  await keepRecord(directory, going);
  const listed = async () => (await client.list()).map(({ runId }) => runId).toSorted();
  expect(await listed()).toEqual([ended.runId, going.runId]);
  for (const { runId } of [ended, going]) writeFileSync(join(directory, 'runs', runId), 'not read');
  expect(await listed()).toEqual([ended.runId]);
  rmSync(join(directory, 'runs', ended.runId));
  expect(await listed()).toEqual([]);
});

test('an answer to a run that the server forgot is refused with a sentence', async () => {
  const { client, directory } = await clientOfItsOwn();
  const forgotten = { workflowId: 'ssis-ha/forgotten', runId: '0190a0a0-0000-7000-8000-00000000000f' };
  await keepRecord(directory, forgotten);
  const answer = { stepKey: 'create-cluster@NODE-A', verdict: 'retry', by: 'ann', reason: '' } as const;
  const answered = client.answer(forgotten, { ...answer, questionId: null, planHash: null });
  await expect(answered).rejects.toThrow(/does not know this run any more/);
});

test('who watches a run sees each record of it as it is kept, and hears when nobody answers for it', async () => {
  const { client, directory } = await clientOfItsOwn();
  const ref = await client.start(WISH);
  const records = openRunRecords(directory);
  records.keep(snapshotWith(ref));
  await records.flush();
  const heard: (string | null)[] = [];
  const watching = client.watch(ref, {
    signal: new AbortController().signal,
    silence: (text) => heard.push(text),
  });
  const next = async () => {
    const { value } = await watching.next();
    return (value as ShownRun).steps.map(({ tries }) => tries);
  };
  expect(await next()).toEqual([0]);
  expect(heard).toEqual([expect.stringContaining('does not answer')]);
  for (const tries of [1, 2]) {
    const told = next();
    records.keep(snapshotWith({ ...ref, steps: [stepWith({ tries })] }));
    expect(await told).toEqual([tries]);
    expect(heard).toEqual([expect.stringContaining('does not answer'), null]);
  }
  const told = watching.next();
  records.keep(snapshotWith({ ...ref, steps: [], endedAt: '2030-01-01T11:00:00.000Z', state: 'done' }));
  expect((await told).value).toMatchObject({ state: 'done' });
  expect(await watching.next()).toMatchObject({ done: true });
});

test('without a server what the folder keeps is shown, by site or by run', async () => {
  const directory = await temporaryDirectory();
  await expect(lookAtRecord(directory, null)).rejects.toThrow('keeps no record');
  const { runId } = snapshotWith();
  await keepRecord(directory, { workflowId: 'ssis-ha/sample', runId });
  for (const named of [null, 'sample', 'ssis-ha/sample', runId]) {
    expect(await lookAtRecord(directory, named)).toMatchObject({ runId });
  }
});

test('what the server forgot is told from the file, as far as the record names it', async () => {
  const { client, directory } = await clientOfItsOwn();
  const forgotten = { workflowId: 'ssis-ha/forgotten', runId: '0190a0a0-0000-7000-8000-00000000000f' };
  const first = snapshotWith(forgotten);
  const journal = new Journal();
  const entries = [journal.append(null, first), journal.append(first, snapshotWith({ state: 'waiting' }))];
  const records = openRunRecords(directory);
  for (const entry of entries) if (entry) records.append(forgotten.runId, entry);
  const mark = { events: 1, head: entries[0]?.head ?? '' };
  records.keep({ ...first, endedAt: first.startedAt, journal: mark });
  await records.flush();
  const told = await client.journal(await client.find(forgotten.runId));
  expect(told).toMatchObject({ from: 'record', count: 1, head: mark.head });
  expect(checkChain(told.events, told.head)).toBeNull();
  expect(await journalInRecord(directory, 'ssis-ha/forgotten')).toEqual({ run: forgotten, journal: told });
  await expect(client.byHand(forgotten)).rejects.toThrow('The server holds no site file of run');
});

test('a run of an earlier version, which the server forgot, has no journal and says so', async () => {
  const { client, directory } = await clientOfItsOwn();
  const { workflowId, runId } = snapshotWith();
  await keepRecord(directory, { workflowId, runId });
  await expect(client.journal({ workflowId, runId })).rejects.toThrow('has no journal');
});
