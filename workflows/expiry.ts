import type { Asked } from './asked.ts';
import type { Consent, Verdict } from './contract.ts';
import { Halt } from './problem.ts';

const MS_AN_HOUR = 3_600_000;

/** How long the site lets a gate stand, and what becomes of the run then; null where that is for ever. */
export function expiryOf(
  { expireAfterHours, onExpiry }: Consent,
  offers: readonly Verdict[],
): Pick<Asked<Verdict>, 'lastsMs' | 'onExpiry'> | null {
  if (expireAfterHours === null || !offers.includes('approve')) return null;
  const isOffered = onExpiry !== undefined && offers.includes(onExpiry);
  return { lastsMs: expireAfterHours * MS_AN_HOUR, ...(isOffered && { onExpiry }) };
}

export function silenceOf({ expireAfterHours }: Consent): string {
  return `Nobody settled its question within ${expireAfterHours} hours`;
}

/** Silence is never consent: the step is stuck. */
export function expired(consent: Consent): Halt {
  return new Halt({
    kind: 'operator',
    message: `${silenceOf(consent)}, and what was seen then may be no longer true`,
    advice: 'Retry to be asked again.',
  });
}
