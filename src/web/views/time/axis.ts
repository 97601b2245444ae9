/** From which moment to which a chart goes, and where its ticks are. */
export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly tickMs: number;
  readonly ticks: readonly number[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Coarse, so that what was drawn stays where it is while time passes. */
const SPANS: readonly number[] = [
  ...[10, 20, 30].map((count) => count * SECOND),
  ...[1, 2, 3, 5, 8, 12, 20, 30, 45].map((count) => count * MINUTE),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 18].map((count) => count * HOUR),
  ...[1, 1.5, 2, 3, 5, 7, 14, 30, 60, 120, 365].map((count) => count * DAY),
];

const TICKS: readonly number[] = [
  ...[1, 2, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 30, 60].map((count) => count * DAY),
];

const MOST_TICKS = 8;

/** An axis that begins at a moment and has room for another one. */
export function axisFrom(fromMs: number, throughMs: number): Axis {
  const needed = Math.max(0, throughMs - fromMs);
  const span = SPANS.find((candidate) => candidate >= needed) ?? needed;
  const tickMs = TICKS.find((tick) => span / tick <= MOST_TICKS) ?? span / MOST_TICKS;
  const first = Math.ceil(fromMs / tickMs) * tickMs;
  const toMs = fromMs + span;
  const ticks = Array.from({ length: Math.max(0, Math.floor((toMs - first) / tickMs) + 1) }, (_, at) => {
    return first + at * tickMs;
  });
  return { fromMs, toMs, tickMs, ticks };
}

/** Where a moment lies on it, from 0 to 100; what lies outside is put to its end. */
export function percentOn({ fromMs, toMs }: Axis, atMs: number): number {
  const share = (atMs - fromMs) / (toMs - fromMs);
  return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100;
}

export function isOn({ fromMs, toMs }: Axis, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs;
}
