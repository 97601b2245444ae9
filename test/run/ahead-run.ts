import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { CONTROL_QUEUE, MESSAGES, type AheadRequest, type Plan } from '../../workflows/contract.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import { PLAN, RESTARTS_ENGINE, update } from './made-up-run.ts';

/* A made-up run in which people may approve ahead of time. */

const AHEAD: Plan['consent'] = { ...PLAN.consent, ahead: { maxHours: 12 } };
export const FIRST = plannedStep({ key: 'first@HOST', id: 'first', queue: CONTROL_QUEUE });
export const LATER = { ...RESTARTS_ENGINE, after: [FIRST.key] };
/** The first step's gate keeps the run waiting until the approval of the later one is given. */
export const TWO_STEPS: Plan = { ...PLAN, consent: AHEAD, steps: [FIRST, LATER] };
export const TWO_DBAS: Plan['consent'] = {
  ...AHEAD,
  groups: { dba: ['ann', 'bob', 'eve'] },
  rules: [{ when: ['engine-restart'], need: [{ count: 2, group: 'dba' }] }],
};

const MS_AN_HOUR = 3_600_000;
export const inHours = (hours: number) => new Date(Date.now() + hours * MS_AN_HOUR).toISOString();

function approval(said: Partial<AheadRequest> = {}): AheadRequest {
  return {
    id: randomUUID(),
    planHash: PLAN.hash,
    steps: [LATER.key],
    kinds: [],
    from: inHours(-1),
    until: inHours(2),
    by: 'ann',
    reason: 'tonight, CHG-1',
    ...said,
  };
}

export async function approveAhead(
  run: WorkflowHandle,
  said: Partial<AheadRequest> = {},
): Promise<AheadRequest> {
  const request = approval(said);
  await update(run, MESSAGES.approveAhead, request);
  return request;
}

export const ofLater = ({ stepKey }: { readonly stepKey: string }) => stepKey === LATER.key;
