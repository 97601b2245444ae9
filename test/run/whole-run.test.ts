import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreeable, openRealEstate, readRecord, type RealEstate } from './real-estate.ts';

let real: RealEstate;
beforeAll(async () => {
  real = await openRealEstate();
});
afterAll(() => real.close());

test('a rehearsal changes nothing and says what a run would change', async () => {
  const before = await real.estate();
  const run = await real.start('rehearse');
  const ended = await real.untilEnd(run, () => null);
  expect(ended.state).toBe('rehearsed');
  expect(ended.steps.some((step) => step.shortfall.length > 0)).toBe(true);
  expect(ended.steps.filter((step) => step.problem !== null)).toEqual([]);
  expect(await real.estate()).toEqual(before);
});

test('a run performs the whole procedure, and a second one finds it in place', async () => {
  const first = await real.untilEnd(await real.start(), agreeable);
  expect(first.state).toBe('done');
  expect(first.steps.filter(({ state }) => state !== 'changed' && state !== 'in-place')).toEqual([]);
  expect(readRecord(real.directory, first.runId)).toEqual(first);

  const second = await real.untilEnd(await real.start(), agreeable);
  expect(second.state).toBe('done');
  expect(second.steps.filter(({ state, chapter }) => chapter < 10 && state !== 'in-place')).toEqual([]);
  expect(first.proof).toBe('failover proven');
  expect(second.proof).toBe('failover proven');
});
