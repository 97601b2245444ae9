import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRunRecords } from '../../src/run-record.ts';
import { verifyWithRecord } from '../../src/web/report/verify-with-run.ts';
import { chainHead } from '../../workflows/journal/chain.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import { snapshotWith } from '../cli/snapshots.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { documentOf, sampleEvents } from './report-samples.ts';

/* A report held against the record of its run, where no server can be asked. */

const { runId, workflowId } = snapshotWith();

/** A folder with the record of the sample's run, as it stood after so many of its events. */
async function recordedUntil(count: number): Promise<string> {
  const directory = await temporaryDirectory();
  const events = sampleEvents.slice(0, count);
  const snapshot = replayEvents(events);
  if (snapshot === null) return directory;
  const records = openRunRecords(directory);
  for (const [at, event] of events.entries()) {
    const head = chainHead(events.slice(0, at + 1));
    records.append(runId, { n: event.n, head, text: JSON.stringify(event) });
  }
  records.keep({ ...snapshot, journal: { events: count, head: chainHead(events) } });
  await records.flush();
  return directory;
}

async function heldAgainst(directory: string, events = sampleEvents) {
  const found = { document: documentOf(events), run: { runId, workflowId } };
  const [journal] = await verifyWithRecord(found, directory, 'No server');
  return journal;
}

test('a record says of its own events that they are those of the run, and of others that they are not', async () => {
  const directory = await recordedUntil(3);
  expect(await heldAgainst(directory)).toMatchObject({ outcome: 'agrees' });
  expect(await heldAgainst(directory, sampleEvents.slice(0, 2))).toMatchObject({ outcome: 'agrees' });
  const [first, ...others] = sampleEvents;
  const forged = [{ ...first, at: '2031-01-01T00:00:00.000Z' }, ...others] as typeof sampleEvents;
  expect(await heldAgainst(directory, forged)).toMatchObject({ outcome: 'differs' });
});

test('a record of a run that went on says nothing of what came later', async () => {
  expect(await heldAgainst(await recordedUntil(2))).toMatchObject({
    outcome: 'not known',
    says: expect.stringContaining('is of an earlier moment of the run'),
  });
});

test('events behind the end that a record tells of were made up', async () => {
  const more = [...sampleEvents, { n: 4, at: '2030-01-01T10:00:11.000Z', run: { state: 'failed' as const } }];
  expect(await heldAgainst(await recordedUntil(3), more)).toMatchObject({ outcome: 'differs' });
});

test('a record is not told to be missing where it is damaged', async () => {
  const directory = await recordedUntil(3);
  const first = JSON.stringify({ ...sampleEvents[0], at: '2031-01-01T00:00:00.000Z' });
  const rest = sampleEvents.slice(1).map((event) => JSON.stringify(event));
  writeFileSync(join(directory, 'runs', `${runId}.events`), `${[first, ...rest].join('\n')}\n`);
  expect(await heldAgainst(directory, sampleEvents.slice(0, 2))).toMatchObject({
    outcome: 'not known',
    says: expect.stringContaining('are not those whose head its record names'),
  });
  expect(await heldAgainst(await recordedUntil(0))).toMatchObject({
    outcome: 'not known',
    says: expect.stringContaining('keeps no record of its events'),
  });
});
