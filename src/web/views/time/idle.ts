import type { Span } from './axis.ts';
import { waits, type Stretch } from '../../../present/stretches.ts';

/** When nothing was done: nobody worked, or everybody waited for a person or a window. In their order. */
export function idleTimes(stretches: readonly Stretch[], { fromMs, toMs }: Span): readonly Span[] {
  const idle: Span[] = [];
  let busyUntil = fromMs;
  const working = stretches.filter((stretch) => !waits(stretch));
  for (const stretch of working.toSorted((one, other) => one.fromMs - other.fromMs)) {
    if (stretch.fromMs > busyUntil) idle.push({ fromMs: busyUntil, toMs: stretch.fromMs });
    busyUntil = Math.max(busyUntil, stretch.toMs);
  }
  if (toMs > busyUntil) idle.push({ fromMs: busyUntil, toMs });
  return idle;
}
