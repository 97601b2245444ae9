import { Misuse } from '../failures.ts';

const MINUTES = { m: 1, h: 60, d: 1440 } as const;

/** Minutes of an interval such as 30m, 1h or 1d. Throws a Misuse for anything else. */
export function minutesOf(interval: string): number {
  const [, count = '', unit] = /^([1-9]\d{0,4})([mhd])$/.exec(interval) ?? [];
  if (unit === 'm' || unit === 'h' || unit === 'd') return Number(count) * MINUTES[unit];
  throw new Misuse(
    `"${interval}" is no interval`,
    'Write whole minutes, hours or days, such as 30m, 1h or 1d; "off" ends it.',
  );
}
