/** From which moment to which a chart goes, where its ticks are, and which times are drawn short. */
export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly tickMs: number;
  readonly ticks: readonly number[];
  /** In their order; none lies upon another. */
  readonly folds: readonly Fold[];
}

/** A time in which nothing was done. */
export interface Fold {
  readonly fromMs: number;
  readonly toMs: number;
  /** For how much of the time it is drawn. */
  readonly drawnMs: number;
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
/** A time in which nothing is done is drawn for one part in so many of the chart. */
const PARTS = 14;
const SHORTEST_FOLD_MS = 10 * SECOND;

/** A time that begins and ends. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * An axis that begins at one moment and has room for another. Where nothing is done for long (`idle`, in order) it
 * is drawn short: nights in which a run waited would leave no room for what it did.
 */
export function axisFrom(fromMs: number, throughMs: number, idle: readonly Span[] = []): Axis {
  const folds = foldsOf(fromMs, throughMs, idle);
  const saved = folds.reduce((sum, fold) => sum + fold.toMs - fold.fromMs - fold.drawnMs, 0);
  const span = coarse(Math.max(0, throughMs - fromMs) - saved);
  const tickMs = TICKS.find((tick) => span / tick <= MOST_TICKS) ?? span / MOST_TICKS;
  const toMs = fromMs + span + saved;
  return { fromMs, toMs, tickMs, ticks: ticksOf({ fromMs, toMs }, tickMs, folds), folds };
}

/** Where a moment lies on it, from 0 to 100; what lies outside is put to its end. */
export function percentOn({ fromMs, toMs, folds }: Axis, atMs: number): number {
  const share = drawn({ fromMs, toMs: atMs }, folds) / drawn({ fromMs, toMs }, folds);
  return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100;
}

export function isOn({ fromMs, toMs }: Axis, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

/** How much of a time is drawn. */
function drawn({ fromMs, toMs }: Span, folds: readonly Fold[]): number {
  return folds.reduce((sum, fold) => {
    const covered = Math.min(toMs, fold.toMs) - Math.max(fromMs, fold.fromMs);
    if (covered <= 0) return sum;
    return sum - covered * (1 - fold.drawnMs / (fold.toMs - fold.fromMs));
  }, toMs - fromMs);
}

function foldsOf(fromMs: number, throughMs: number, idle: readonly Span[]): readonly Fold[] {
  const idleMs = idle.reduce((sum, span) => sum + span.toMs - span.fromMs, 0);
  const busy = coarse(Math.max(0, throughMs - fromMs - idleMs));
  const drawnMs = Math.max(SHORTEST_FOLD_MS, busy / PARTS);
  return idle.filter((span) => span.toMs - span.fromMs > 3 * drawnMs).map((span) => ({ ...span, drawnMs }));
}

/** One in a time that is drawn short would stand beside the next one. */
function ticksOf({ fromMs, toMs }: Span, tickMs: number, folds: readonly Fold[]): readonly number[] {
  const ticks: number[] = [];
  let ms = Math.ceil(fromMs / tickMs) * tickMs;
  while (ms <= toMs) {
    const at = ms;
    const fold = folds.find((candidate) => at > candidate.fromMs - tickMs / 2 && at < candidate.toMs);
    if (!fold) ticks.push(ms);
    ms = fold ? Math.max(ms + tickMs, Math.ceil(fold.toMs / tickMs) * tickMs) : ms + tickMs;
  }
  return ticks;
}

function coarse(neededMs: number): number {
  return SPANS.find((candidate) => candidate >= neededMs) ?? neededMs;
}
