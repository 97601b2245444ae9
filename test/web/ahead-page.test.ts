import { expect, test } from 'vitest';
import { OperatorError } from '../../src/failures.ts';
import type { Plan } from '../../workflows/contract.ts';
import { shownRun, stepWith } from '../cli/snapshots.ts';
import { recordedPlan } from '../workflows/recorded-runs.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* What the page for approving ahead of time offers. */

const STEPS = [
  plannedStep({ key: 'free-names@NODE-A', id: 'free-names', kind: 'check', asks: 'sometimes' }),
  plannedStep({ key: 'create-cluster@NODE-A', id: 'create-cluster', asks: 'always' }),
];
const recorded = recordedPlan('whole.json.gz');
const PLAN: Plan = { ...recorded, steps: STEPS, consent: { ...recorded.consent, ahead: { maxHours: 12 } } };
const RUN = shownRun({ planHash: PLAN.hash, steps: STEPS.map(({ key, id }) => stepWith({ key, id })) });
const AHEAD = `/runs/${RUN.runId}/ahead`;

test('offers the changes that ask, and no check, which the run refuses', async () => {
  const client = clientOf(RUN, { plan: () => Promise.resolve(PLAN) });
  const page = await (await (await signedIn(['approver'], client)).get(AHEAD)).text();
  expect(page).toContain('value="create-cluster@NODE-A"');
  expect(page).not.toContain('value="free-names@NODE-A"');
});

test('says that the plan is not known, and not that the site file forbids it', async () => {
  const page = await (await (await signedIn(['approver'], clientOf(RUN))).get(AHEAD)).text();
  expect(page).toContain('The plan of the run is not known now');
  expect(page).not.toContain('lets nobody approve');
});

test('gives back with a refusal what was written', async () => {
  const client = clientOf(RUN, {
    plan: () => Promise.resolve(PLAN),
    approveAhead: () => Promise.reject(new OperatorError('That is too long.', 'Shorten it.')),
  });
  const room = await signedIn(['approver'], client);
  const form = {
    planHash: PLAN.hash,
    zone: 'UTC',
    steps: 'create-cluster@NODE-A',
    kinds: ['failover', 'engine-restart'],
    from: '2030-01-01T22:00',
    until: '2030-01-09T22:00',
    reason: 'CHG-1',
  };
  const answer = await room.post(`/runs/${RUN.runId}/approve-ahead`, form);
  expect(answer.status).toBe(409);
  const page = await answer.text();
  expect(page).toContain('That is too long.');
  for (const value of ['create-cluster@NODE-A', 'failover', 'engine-restart'])
    expect(page).toContain(`value="${value}" checked`);
  expect(page.match(/ checked/g)).toHaveLength(3);
  for (const value of [form.from, form.until]) expect(page).toContain(`value="${value}"`);
  expect(page).toContain('>CHG-1</textarea>');
});
