import { afterEach, beforeEach, expect, test } from 'vitest';
import { MESSAGES } from '../../workflows/contract.ts';
import { decide, openRealEstate, type RealEstate } from './real-estate.ts';

let real: RealEstate;
beforeEach(async () => {
  real = await openRealEstate({ workers: [{ name: 'WORKER-1', ip: '10.10.1.11' }] });
});
afterEach(() => real.close());

test('a warning that nobody accepted is asked about before anything is changed, and taking the risk needs a reason', async () => {
  const run = await real.start();
  const [question, snapshot] = await real.untilAsked(run, ({ stepKey }) => stepKey === 'check-site@NODE-A');
  expect(question).toMatchObject({
    about: 'gate',
    offers: ['approve', 'reject', 'undo', 'stop'],
    needsReason: true,
  });
  expect(question.seen.join()).toContain('WORKER-1 is the only worker');
  expect(snapshot.steps.find(({ key }) => key === question.stepKey)).toMatchObject({
    state: 'asking',
    findings: [{ id: 'few-workers', severity: 'warning', breaks: 'enable-worker@WORKER-1', accepted: null }],
  });

  const silent = {
    stepKey: question.stepKey,
    planHash: snapshot.planHash,
    decisionId: 'silent',
    by: 'other',
    reason: ' ',
    verdict: 'approve',
    questionId: question.id,
  };
  await expect(run.executeUpdate(MESSAGES.decide, { args: [silent] })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('needs a reason') as string },
  });
  await decide(run, snapshot, question, 'approve');
  const [next, later] = await real.untilAsked(run, ({ stepKey }) => stepKey !== question.stepKey);
  expect(later.steps.find(({ key }) => key === question.stepKey)).toMatchObject({ state: 'in-place' });
  expect(next.stepKey).toMatch(/^install-/);
  await run.signal(MESSAGES.end, { verdict: 'stop', by: 'other', reason: 'seen enough' });
  await run.result();
});
