import { expect, test } from 'vitest';
import { retriesOf } from '../../src/client/retries.ts';
import { stepWith } from './snapshots.ts';

const FAILED = { message: 'NODE-A has not restarted yet' };

function pending(type: string, host: string, attempt: number) {
  return {
    activityType: { name: type },
    activityOptions: { taskQueue: { name: `host:${host}` } },
    attempt,
    lastFailure: FAILED,
    nextAttemptScheduleTime: { seconds: 1_893_456_000, nanos: 500_000_000 },
  };
}

test('an activity that is tried again shows at its step, on its host', () => {
  const steps = [
    stepWith({ id: 'install', host: 'NODE-A', state: 'applying' }),
    stepWith({ id: 'install', host: 'NODE-B', state: 'applying' }),
  ];
  const retries = retriesOf([pending('install.apply', 'NODE-B', 3)], steps);
  expect([...retries]).toEqual([
    ['install@NODE-B', { attempt: 3, message: FAILED.message, nextAt: '2030-01-01T00:00:00.500Z' }],
  ]);
});

test('the restart of a host shows at the step that restarts it', () => {
  const steps = [
    stepWith({ id: 'install', host: 'NODE-A', state: 'restarting' }),
    stepWith({ id: 'other', host: 'NODE-A', state: 'pending' }),
  ];
  expect(retriesOf([pending('restart.await', 'NODE-A', 2)], steps).has('install@NODE-A')).toBe(true);
});

test('a first attempt is no retry', () => {
  expect(retriesOf([pending('install.apply', 'NODE-A', 1)], [stepWith({ id: 'install' })]).size).toBe(0);
});

test('an attempt under way has no next time, and a silent agent is said in words', () => {
  const steps = [stepWith({ id: 'install', state: 'probing' })];
  const silent = { ...pending('install.probe', 'NODE-A', 2), nextAttemptScheduleTime: null };
  const heartbeat = { message: 'activity Heartbeat timeout', timeoutFailureInfo: { timeoutType: 4 } };
  const retries = retriesOf([{ ...silent, lastFailure: heartbeat }], steps);
  expect(retries.get('install@NODE-A')).toEqual({
    attempt: 2,
    message: 'The agent of NODE-A fell silent.',
    nextAt: null,
  });
});
