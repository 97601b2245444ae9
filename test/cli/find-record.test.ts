import { describe, expect, test } from 'vitest';
import { findRecord } from '../../src/client/find-record.ts';
import { SeveralGoOn } from '../../src/client/meant-run.ts';
import { openRunRecords, type RunRecords } from '../../src/run-record.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { snapshotWith } from './snapshots.ts';

/* Which run is meant where only records can be asked: the very one that the server would name. */

const ENDED = '2030-01-02T12:00:00.000Z';
const NIGHT = { runId: 'run-22', workflowId: 'ssis-ha/prod', startedAt: '2030-01-01T22:00:00.000Z' };
const HOURLY = {
  runId: 'verify-01',
  workflowId: 'ssis-ha/prod/verify-2030-01-02T01:00:00Z',
  startedAt: '2030-01-02T01:00:00.000Z',
};

async function recorded(...runs: readonly Partial<RunSnapshot>[]): Promise<RunRecords> {
  const records = openRunRecords(await temporaryDirectory());
  for (const run of runs) records.keep(snapshotWith({ site: 'prod', ...run }));
  await records.flush();
  return records;
}

const found = async (records: RunRecords, named: string | null) => (await findRecord(records, named)).runId;

describe('a verification that began later is not meant', () => {
  test.each([
    ['while a run goes on', NIGHT],
    ['where the run has ended', { ...NIGHT, endedAt: ENDED }],
    ['where it was a rehearsal', { ...NIGHT, workflowId: 'ssis-ha/prod/rehearsal' }],
  ])('%s', async (_when, run) => {
    const records = await recorded(run, { ...HOURLY, endedAt: ENDED });
    for (const named of [null, 'prod']) expect(await found(records, named)).toBe('run-22');
  });

  test('unless nothing else is there, or it alone goes on', async () => {
    expect(await found(await recorded({ ...HOURLY, endedAt: ENDED }), 'prod')).toBe('verify-01');
    expect(await found(await recorded({ ...NIGHT, endedAt: ENDED }, HOURLY), 'prod')).toBe('verify-01');
  });
});

test('a run is named by site, kind, workflow id or run id, as to a server', async () => {
  const rehearsal = {
    runId: 'look',
    workflowId: 'ssis-ha/prod/rehearsal',
    startedAt: '2030-01-01T20:00:00.000Z',
  };
  const other = { runId: 'other', workflowId: 'ssis-ha/other', site: 'other' };
  const records = await recorded(NIGHT, rehearsal, { ...HOURLY, endedAt: ENDED }, other);
  const named = {
    prod: 'run-22',
    'ssis-ha/prod': 'run-22',
    'run-22': 'run-22',
    'prod/rehearsal': 'look',
    'ssis-ha/prod/rehearsal': 'look',
    'prod/verify': 'verify-01',
    'prod/verify-2030-01-02T01:00:00Z': 'verify-01',
    [HOURLY.workflowId]: 'verify-01',
    other: 'other',
  };
  for (const [name, runId] of Object.entries(named))
    expect([name, await found(records, name)]).toEqual([name, runId]);
  await expect(findRecord(records, 'nowhere')).rejects.toThrow('keeps no record of nowhere');
});

test('none is guessed among several that go on, and one that was followed by another does not', async () => {
  const other = { runId: 'other', workflowId: 'ssis-ha/other', site: 'other' };
  await expect(findRecord(await recorded(NIGHT, other), null)).rejects.toBeInstanceOf(SeveralGoOn);
  const later = { ...NIGHT, runId: 'run-23', startedAt: '2030-01-01T23:00:00.000Z', endedAt: ENDED };
  expect(await found(await recorded(NIGHT, later), 'prod')).toBe('run-23');
});
