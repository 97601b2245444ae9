import { patched } from '@temporalio/workflow';
import type { Look } from './contract.ts';
import type { RestartLook } from './restart-host.ts';
import type { Run } from './run.ts';

/** What a person agreed to, as it was seen then. */
export interface Agreement {
  readonly change: readonly string[] | null;
  readonly restart: RestartLook | null;
  /** Ids of the approvals ahead of time on which it rests. */
  readonly ahead: readonly string[];
}

export const NO_AGREEMENT: Agreement = { change: null, restart: null, ahead: [] };

/** Runs that an older build recorded went on here, and a replay of them must go on too. */
const BEGINS_ONLY_WHILE_AGREED = 'begins-only-while-agreed';

/** Whether an approval ahead of time on which it rests is over or withdrawn at that moment. */
export function hasLapsed({ ahead }: Agreement, run: Run, at = new Date().toISOString()): boolean {
  return run.approvals.ahead.haveLapsed(ahead, Date.parse(at));
}

/**
 * Asked right before something begins: true where it must not, since the run is to end, or what was agreed to has
 * lapsed. A look and a wait take their time, and people go on speaking meanwhile.
 */
export function mustNotBegin(agreement: Agreement, run: Run): boolean {
  return (run.verdict !== null || hasLapsed(agreement, run)) && patched(BEGINS_ONLY_WHILE_AGREED);
}

/** What a person is shown and agrees to: the question, what is missing, what else is known. */
export function seenOf(look: Look): readonly string[] {
  return [...(look.gate === null ? [] : [look.gate]), ...look.shortfall, ...look.notes];
}

export function isSame(agreed: readonly string[] | null, seen: readonly string[]): boolean {
  return agreed !== null && agreed.length === seen.length && agreed.every((line, at) => line === seen[at]);
}
