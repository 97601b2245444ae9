import { expect, test } from 'vitest';
import { judgeHandOver } from '../../src/temporal/hand-over-judgement.ts';
import { DEV_SERVER_SETTINGS, QUEUE_SETTINGS } from '../../src/temporal/hand-over-settings.ts';

/** What servers of several kinds and settings took, in milliseconds. */
const WITHOUT_SETTINGS = [
  13, 7, 7, 9, 8, 11, 9, 7, 8, 65, 100, 98, 101, 104, 100, 96, 102, 99, 100, 101, 100, 99, 98,
];
const WITH_SETTINGS = [19, 8, 8, 8, 7, 7, 8, 7, 8, 7, 6, 7, 6, 6, 24, 6, 6, 7, 6, 7, 18, 6, 7];
const BUSY_WITHOUT_SETTINGS = [101, 99, 102, 148, 100, 97, 51, 100, 99, 130, 101, 100, 99, 100, 101];
const JITTERY_WITHOUT_SETTINGS = [
  21, 17, 18, 22, 16, 19, 64, 91, 72, 85, 110, 78, 83, 67, 91, 75, 81, 88, 93, 79,
];
const FAR_AWAY = [81, 95, 74, 88, 120, 79, 83, 66, 91, 70, 85, 131, 77, 69, 84];

test('a server whose reads are limited shows the tick once the saved-up reads are used', () => {
  const judged = judgeHandOver(WITHOUT_SETTINGS);
  expect(judged).toMatchObject({ verdict: 'tick', medianMs: 98, settings: QUEUE_SETTINGS });
  expect(judged.sentence).toContain('history.transferProcessorMaxPollRPS=5000');
});

test('the tick is seen when the saved-up reads were used before', () => {
  expect(judgeHandOver(BUSY_WITHOUT_SETTINGS).verdict).toBe('tick');
});

test('the tick is seen behind a database that blurs it, by the quick beginning', () => {
  expect(judgeHandOver(JITTERY_WITHOUT_SETTINGS).verdict).toBe('tick');
});

test('a server with the settings is quick, and needs none', () => {
  expect(judgeHandOver(WITH_SETTINGS)).toMatchObject({ verdict: 'quick', medianMs: 7, settings: [] });
});

test('a server that is far away is not blamed for its settings', () => {
  expect(judgeHandOver(FAR_AWAY)).toMatchObject({ verdict: 'slow', settings: [] });
});

test('the dev server is started with every setting whose lack is found', () => {
  expect(DEV_SERVER_SETTINGS).toEqual(expect.arrayContaining([...QUEUE_SETTINGS]));
});
