import { z } from 'zod';
import type { Warning } from '../../workflows/contract.ts';
import type { Site } from '../site.ts';

const DAY_MS = 86_400_000;
/** Where the site file names none. */
const DAYS_LEFT: readonly number[] = [90, 30, 7];

/** How a certificate stands in time. */
export const ending = z.strictObject({ daysLeft: z.number(), endsOn: z.string() });

type Ending = z.output<typeof ending>;

export function endingOf(notAfterMs: number, now: Date): Ending {
  return {
    daysLeft: Math.floor((notAfterMs - now.getTime()) / DAY_MS),
    endsOn: new Date(notAfterMs).toISOString().slice(0, 10),
  };
}

/** Days before the end of a certificate at which to warn. */
export function thresholdsOf({ verify }: Site): number[] {
  return [...(verify?.certificateDaysLeft ?? DAYS_LEFT)];
}

interface Named {
  readonly where: string;
  /** Such as `The certificate of the engine on NODE-A`. */
  readonly what: string;
  readonly advice: string;
  readonly thresholds: readonly number[];
}

/** Warns from the first threshold on, and names the smallest that is passed. */
export function endingWarning(end: Ending | null, { where, what, advice, thresholds }: Named): Warning[] {
  if (end === null) return [];
  const { daysLeft, endsOn } = end;
  if (daysLeft < 0) {
    return [{ where, message: `${what} has ended on ${endsOn}`, advice, daysLeft, isOver: true }];
  }
  const passed = thresholds.filter((days) => daysLeft < days);
  if (passed.length === 0) return [];
  const message = `${what} ends on ${endsOn}, in less than ${Math.min(...passed)} days`;
  return [{ where, message, advice, daysLeft, isOver: false }];
}
