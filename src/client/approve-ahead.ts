import { randomUUID } from 'node:crypto';
import { OperatorError } from '../../activities/failures.ts';
import {
  MESSAGES,
  type AheadRequest,
  type AheadWithdrawal,
  type ChangeKind,
  type RunSnapshot,
} from '../../workflows/contract.ts';
import type { RunRef } from './find-run.ts';
import { askRun } from './look-at-run.ts';
import { notTaken, sendUpdate } from './send-update.ts';
import type { ServerLink } from './server-link.ts';

/** Approves what a run will ask between two moments. */
export interface AheadWish {
  readonly steps: readonly string[];
  readonly kinds: readonly ChangeKind[];
  /** Null: from now on. */
  readonly from: Date | null;
  readonly until: Date;
  readonly by: string;
  readonly reason: string;
  /** The plan that was looked at; null: the one that the run performs. */
  readonly planHash: string | null;
}

/** Throws an OperatorError with the reason when the run does not take it. */
export async function approveAhead(link: ServerLink, ref: RunRef, wish: AheadWish): Promise<void> {
  const snapshot = await askRun<RunSnapshot>(link, ref, MESSAGES.progress);
  if (snapshot === null) throw notTaken(ref);
  const request: AheadRequest = {
    ...wish,
    id: randomUUID(),
    planHash: wish.planHash ?? snapshot.planHash ?? '',
    steps: wish.steps.map((key) => keyOf(key, snapshot)),
    from: (wish.from ?? new Date()).toISOString(),
    until: wish.until.toISOString(),
  };
  const inWords = 'The approval ahead of time';
  await sendUpdate(link, ref, { name: MESSAGES.approveAhead, message: request, id: request.id, inWords });
}

/** Withdraws one by its id, or by the beginning of it. Throws an OperatorError as `approveAhead` does. */
export async function withdrawAhead(
  link: ServerLink,
  ref: RunRef,
  withdrawal: AheadWithdrawal,
): Promise<void> {
  const snapshot = await askRun<RunSnapshot>(link, ref, MESSAGES.progress);
  if (snapshot === null) throw notTaken(ref);
  const { id } = withdrawal;
  const meant = id === '' ? [] : (snapshot.ahead ?? []).filter((given) => given.id.startsWith(id));
  if (meant.length > 1) {
    const ids = meant.map((given) => given.id).join(', ');
    throw new OperatorError(`${id} may be any of ${ids}`, 'Write more of the id.');
  }
  await sendUpdate(link, ref, {
    name: MESSAGES.withdrawAhead,
    message: { ...withdrawal, id: meant[0]?.id ?? id },
    id: randomUUID(),
    inWords: 'The withdrawal',
  });
}

/** A key in any case, as the plan writes it. */
function keyOf(key: string, { steps }: RunSnapshot): string {
  return steps.find((step) => step.key.toLowerCase() === key.toLowerCase())?.key ?? key;
}
