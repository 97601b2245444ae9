import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRunRecords } from '../../src/run-record.ts';
import { recordActivities } from '../../src/temporal/run-recording.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { snapshotWith, stepWith } from './snapshots.ts';

const { runId } = snapshotWith();

/** The run as it was after so many tries of its step. */
function afterTries(tries: number): RunSnapshot {
  return snapshotWith({ steps: [stepWith({ tries })] });
}

test('what was kept last is what is read, however fast the changes came', async () => {
  const directory = await temporaryDirectory();
  const records = openRunRecords(directory);
  for (let tries = 0; tries <= 50; tries += 1) records.keep(afterTries(tries));
  await records.flush();
  expect(await records.read(runId)).toEqual(afterTries(50));
  expect(await openRunRecords(directory).read(runId)).toEqual(afterTries(50));
});

test('an older snapshot never replaces a newer one, whoever writes it and in whatever order', async () => {
  const parent = await temporaryDirectory();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ tries: fc.nat({ max: 20 }), echoes: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (kept) => {
        const directory = join(parent, String((runs += 1)));
        for (const { tries, echoes } of kept) {
          // Each worker that takes the run over opens the records anew.
          const records = openRunRecords(directory);
          records.keep(afterTries(tries));
          records.keep(afterTries(Math.floor(tries / 2)));
          await records.flush();
          if (echoes) records.keep(afterTries(0));
          await records.flush();
        }
        const newest = Math.max(...kept.map(({ tries }) => tries));
        expect(await openRunRecords(directory).read(runId)).toEqual(afterTries(newest));
      },
    ),
    { numRuns: 25 },
  );
});

test('the end of a run stays its last word, though its steps may look older', async () => {
  const records = openRunRecords(await temporaryDirectory());
  const ended = snapshotWith({ state: 'stopped', endedAt: '2030-01-01T10:01:00.000Z' });
  records.keep(ended);
  await records.flush();
  records.keep(afterTries(7));
  await records.flush();
  expect(await records.read(runId)).toEqual(ended);
});

test('a change back, as an undo makes it, is newer than what it takes back', async () => {
  const records = openRunRecords(await temporaryDirectory());
  const decision = {
    id: 'end/1',
    questionId: null,
    stepKey: null,
    verdict: 'undo' as const,
    by: 'ann',
    reason: '',
    at: '2030-01-01T10:05:00.000Z',
    refused: null,
  };
  records.keep(
    snapshotWith({ steps: [stepWith({ state: 'changed', tries: 1, endedAt: '2030-01-01T10:04:00.000Z' })] }),
  );
  await records.flush();
  const undoing = snapshotWith({
    state: 'undoing',
    steps: [stepWith({ state: 'applying', tries: 1 })],
    decisions: [decision],
  });
  records.keep(undoing);
  await records.flush();
  expect(await records.read(runId)).toEqual(undoing);
});

test('a reader finds whole records only, one file a run and nothing else', async () => {
  const directory = await temporaryDirectory();
  const records = openRunRecords(directory);
  for (let tries = 1; tries <= 30; tries += 1) {
    records.keep(afterTries(tries));
    const text = await readFile(join(directory, 'runs', runId), 'utf8').catch(() => null);
    expect(JSON.parse(text ?? JSON.stringify({ runId }))).toMatchObject({ runId });
  }
  await records.flush();
  expect(await readdir(join(directory, 'runs'))).toEqual([runId]);
});

test('the list begins with the run that started last, and passes over what is no record', async () => {
  const directory = await temporaryDirectory();
  const records = openRunRecords(directory);
  const runs = ['1', '2', '3'].map((day) =>
    snapshotWith({ runId: `run-${day}`, startedAt: `2030-01-0${day}T00:00:00.000Z` }),
  );
  for (const run of runs) records.keep(run);
  await records.flush();
  await writeFile(join(directory, 'runs', 'torn'), '{"version":1,');
  expect((await records.list()).map((run) => run.runId)).toEqual(['run-3', 'run-2', 'run-1']);
});

test('a run that nobody kept has no record, and an id that is a path is refused', async () => {
  const records = openRunRecords(await temporaryDirectory());
  expect(await records.read('unknown')).toBeNull();
  await expect(records.read('../secrets/operator')).rejects.toThrow('is not the id of a run');
});

test('a write that fails is told by flush, and mended by the next', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'runs'), 'in the way');
  const records = openRunRecords(directory);
  records.keep(afterTries(1));
  await expect(records.flush()).rejects.toThrow('runs');
  await rm(join(directory, 'runs'));
  await records.flush();
  expect(await records.read(runId)).toEqual(afterTries(1));
});

test('the last word of a run waits for no other run, whose record cannot be written', async () => {
  const directory = await temporaryDirectory();
  const records = openRunRecords(directory);
  await mkdir(join(directory, 'runs', 'another'), { recursive: true });
  records.keep({ ...afterTries(1), runId: 'another' });
  const ended = snapshotWith({ state: 'stopped', endedAt: '2030-01-01T10:01:00.000Z' });
  await recordActivities(records).keepRecord(ended);
  expect(await records.read(runId)).toEqual(ended);
  await expect(records.flush()).rejects.toThrow('another');
});

test('after a write that failed, several that flush at once write each event once', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'runs'), 'in the way');
  const records = openRunRecords(directory);
  const entry = new Journal().append(null, afterTries(1));
  if (entry === null) throw new Error('Nothing to tell');
  records.append(runId, entry);
  await expect(records.flush()).rejects.toThrow('runs');
  await rm(join(directory, 'runs'));
  await Promise.all(Array.from({ length: 8 }, () => records.flush()));
  expect(await readFile(join(directory, 'runs', `${runId}.events`), 'utf8')).toBe(`${entry.text}\n`);
});

test('events are kept beside the record, are no records themselves, and are there after a flush', async () => {
  const directory = await temporaryDirectory();
  const records = openRunRecords(directory);
  const journal = new Journal();
  const moments = [0, 1, 2, 3].map(afterTries);
  const ended = snapshotWith({ state: 'stopped', endedAt: '2030-01-01T10:01:00.000Z' });
  for (const [at, now] of [...moments, ended].entries()) {
    const entry = journal.append(moments[at - 1] ?? null, now);
    if (entry !== null) records.append(runId, entry);
    records.keep({ ...now, journal: journal.mark });
  }
  await records.flush();
  const kept = await records.events(runId);
  expect(kept).toEqual(journal.page(1).events);
  expect((await records.read(runId))?.journal).toEqual(journal.mark);
  expect((await records.list()).map((run) => run.runId)).toEqual([runId]);
  expect((await readdir(join(directory, 'runs'))).toSorted()).toEqual([runId, `${runId}.events`]);

  // A worker that is asked about the run later tells all again.
  for (const event of kept) {
    const head = journal.page(event.n + 1).before;
    records.append(runId, { n: event.n, head, text: JSON.stringify(event) });
  }
  await records.flush();
  expect(await records.events(runId)).toEqual(kept);
});
