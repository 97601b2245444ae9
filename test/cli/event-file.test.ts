import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventFile, readEvents, type Telling } from '../../src/event-file.ts';
import { EventReader } from '../../src/event-reader.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { checkChain } from '../../workflows/journal/chain.ts';
import type { JournalEntry } from '../../workflows/journal/event.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { snapshotWith, stepWith } from './snapshots.ts';

/** What a run tells whose step is as the words say, one after another. */
function toldBy(words: readonly string[]): readonly JournalEntry[] {
  const journal = new Journal();
  let before: RunSnapshot | null = null;
  return words.flatMap((word, at) => {
    const now = snapshotWith({ steps: [stepWith({ tries: at, shortfall: [word] })] });
    const entry = journal.append(before, now);
    before = now;
    return entry ?? [];
  });
}

const TEN = toldBy(Array.from({ length: 10 }, (_, at) => `ä${at}`));

async function write(
  file: EventFile,
  entries: readonly JournalEntry[],
  told: Telling = 'anew',
): Promise<void> {
  for (const entry of entries) file.add(entry, told);
  await file.write();
}

async function newPath(): Promise<string> {
  return join(await temporaryDirectory(), 'runs', 'run.events');
}

async function lines(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

const textsOf = (entries: readonly JournalEntry[]) => entries.map(({ text }) => text);

test('events are one JSON text a line, and nobody else may read them', async () => {
  const path = await newPath();
  expect(await readEvents(path)).toEqual([]);
  await write(new EventFile(path), TEN);
  expect(await lines(path)).toEqual(textsOf(TEN));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(checkChain(await readEvents(path), TEN.at(-1)?.head ?? '')).toBeNull();
});

test('of a run that is over stays what it recorded, though a replay tells another', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN);
  const otherwise = toldBy(Array.from({ length: 10 }, (_, at) => (at < 4 ? `ä${at}` : `another ${at}`)));
  await write(new EventFile(path), otherwise, 'again');
  expect(await lines(path)).toEqual(textsOf(TEN));
});

test('what a replay tells otherwise counts once the run goes on behind it', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN.slice(0, 6));
  const otherwise = toldBy(Array.from({ length: 10 }, (_, at) => (at < 4 ? `ä${at}` : `another ${at}`)));
  const successor = new EventFile(path);
  await write(successor, otherwise.slice(0, 6), 'again');
  await write(successor, otherwise.slice(6));
  expect(await lines(path)).toEqual(textsOf(otherwise));
});

test('a replay fills what a worker that died could not write any more', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN.slice(0, 6));
  await write(new EventFile(path), TEN, 'again');
  expect(await lines(path)).toEqual(textsOf(TEN));
});

test('a worker that takes the run over tells all again, and no line comes twice', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN.slice(0, 6));
  const successor = new EventFile(path);
  await write(successor, TEN.slice(0, 3));
  await write(successor, TEN.slice(3, 8));
  await write(successor, TEN.slice(8));
  expect(await lines(path)).toEqual(textsOf(TEN));
});

test('what the server never took is replaced when the run goes another way', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN);
  const other = toldBy(['ä0', 'ä1', 'ä2', 'otherwise', 'and on']);
  await write(new EventFile(path), other);
  expect(await lines(path)).toEqual(textsOf(other));
});

test('wherever a crash cut the file off, it is whole again once the run is told again', async () => {
  const content = Buffer.from(textsOf(TEN).join('\n'));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: content.length }), fc.nat({ max: 10 }), async (left, first) => {
      const path = await newPath();
      await write(new EventFile(path), TEN);
      await truncate(path, left);
      const successor = new EventFile(path);
      await write(successor, TEN.slice(0, first));
      await write(successor, TEN.slice(first));
      expect(await lines(path)).toEqual(textsOf(TEN));
    }),
    { numRuns: 40 },
  );
});

test('nothing is written behind a gap, and a reader sees nothing behind a broken line', async () => {
  const path = await newPath();
  await write(new EventFile(path), TEN.slice(0, 4));
  await write(new EventFile(path), TEN.slice(6));
  expect(await lines(path)).toEqual(textsOf(TEN.slice(0, 4)));
  await appendFile(path, '{"n":5,"at":"20');
  expect((await readEvents(path)).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  await write(new EventFile(path), TEN.slice(4));
  expect(await lines(path)).toEqual(textsOf(TEN));
  const broken = (await lines(path)).with(2, 'null');
  await writeFile(path, `${broken.join('\n')}\n`);
  expect((await readEvents(path)).map(({ n }) => n)).toEqual([1, 2]);
  await write(new EventFile(path), TEN);
  expect(await lines(path)).toEqual(textsOf(TEN));
});

test('two that write the same file by turns leave whole lines only', async () => {
  const path = await newPath();
  const [one, other] = [new EventFile(path), new EventFile(path)];
  await write(one, TEN.slice(0, 3));
  await write(other, TEN.slice(0, 5));
  await write(one, TEN.slice(3, 7));
  await write(other, TEN.slice(5));
  expect(await lines(path)).toEqual(textsOf(TEN));
});

const markOf = (entries: readonly JournalEntry[]) => ({
  events: entries.length,
  head: entries.at(-1)?.head ?? '',
});

test('who comes back for more gets the events of any earlier or later moment, also of another way that the run went', async () => {
  const otherwise = toldBy(Array.from({ length: 10 }, (_, at) => (at < 4 ? `ä${at}` : `another ${at}`)));
  const steps = fc.array(
    fc.record({ entries: fc.constantFrom(TEN, otherwise), count: fc.integer({ min: 0, max: 10 }) }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (moments) => {
      const path = await newPath();
      const reader = new EventReader(path);
      for (const { entries, count } of moments) {
        const told = entries.slice(0, count);
        await write(new EventFile(path), told);
        const kept = await readEvents(path);
        expect(await reader.upTo(markOf(told))).toEqual(kept.slice(0, count));
        expect(await reader.upTo(markOf(told.slice(0, 3)))).toEqual(kept.slice(0, Math.min(3, count)));
      }
    }),
    { numRuns: 30 },
  );
});

test('events that are not kept, or not those of that head, are not told', async () => {
  const path = await newPath();
  const reader = new EventReader(path);
  expect(await reader.upTo(markOf(TEN))).toBeNull();
  await write(new EventFile(path), TEN.slice(0, 5));
  expect(await reader.upTo(markOf(TEN))).toBeNull();
  expect(await reader.upTo({ events: 5, head: 'another' })).toBeNull();
  expect(await reader.upTo(markOf(TEN.slice(0, 5)))).toHaveLength(5);
  await appendFile(path, TEN[5]?.text.slice(0, 8) ?? '');
  expect(await reader.upTo(markOf(TEN.slice(0, 6)))).toBeNull();
  await appendFile(path, `${TEN[5]?.text.slice(8)}\n`);
  expect(await reader.upTo(markOf(TEN.slice(0, 6)))).toHaveLength(6);
});

test('who asks for events that are just being written gets them, and nothing where they never are', async () => {
  const path = await newPath();
  const file = new EventFile(path);
  await write(file, TEN.slice(0, 4));
  const reader = new EventReader(path);
  const asked = reader.upTo(markOf(TEN));
  await write(file, TEN.slice(4, 7));
  await write(file, TEN.slice(7));
  expect(await asked).toEqual(await readEvents(path));
  const another = toldBy(['another'])[0] as JournalEntry;
  expect(await reader.upTo(markOf([...TEN, another]))).toBeNull();
});
