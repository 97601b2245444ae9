import { QUEUE_SETTINGS } from './hand-over-settings.ts';

/** How long the server takes to hand an activity to a worker and its result back, and what that says about it. */
export interface HandOver {
  /** Milliseconds an activity; the activity itself does nothing. */
  readonly medianMs: number;
  /** `tick`: the server reads its queues 20 times a second. `slow`: something else costs time. */
  readonly verdict: 'quick' | 'tick' | 'slow';
  readonly sentence: string;
  /** The settings that are missing in the server's dynamic configuration, as `key=value`. */
  readonly settings: readonly string[];
}

const TICK_MS = 50;
const TICK_SPREAD_MS = 6;
const QUICK_BELOW_MS = 40;

/**
 * Judges the milliseconds that activities took one after another, in their order, at least ten of them.
 *
 * The tick shows in one of two ways: most steps take a multiple of 50 ms, or the first few are quick and the rest is
 * not, since the server saves up to 20 reads while it has nothing to do.
 */
export function judgeHandOver(stepsMs: readonly number[]): HandOver {
  const medianMs = Math.round(median(stepsMs));
  const cost = `An activity that does nothing takes ${medianMs} ms (median of ${stepsMs.length}).`;
  if (medianMs < QUICK_BELOW_MS) return { medianMs, verdict: 'quick', sentence: cost, settings: [] };
  if (keepsTheTick(stepsMs) || slowsDown(stepsMs)) {
    const advice =
      `So it does on a server that reads its queues 20 times a second. ` +
      `Set ${QUEUE_SETTINGS.join(' and ')} in its dynamic configuration: then it is some 10 ms.`;
    return { medianMs, verdict: 'tick', sentence: `${cost} ${advice}`, settings: QUEUE_SETTINGS };
  }
  const sentence = `${cost} The server is far away, or it or this machine is busy.`;
  return { medianMs, verdict: 'slow', sentence, settings: [] };
}

function keepsTheTick(stepsMs: readonly number[]): boolean {
  const inTime = stepsMs.filter((stepMs) => {
    const off = stepMs % TICK_MS;
    return stepMs > TICK_MS / 2 && Math.min(off, TICK_MS - off) <= TICK_SPREAD_MS;
  });
  return inTime.length > stepsMs.length / 2;
}

function slowsDown(stepsMs: readonly number[]): boolean {
  const first = median(stepsMs.slice(0, 5));
  return first < QUICK_BELOW_MS && median(stepsMs.slice(-Math.ceil(stepsMs.length / 2))) > 2.5 * first;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of no values');
  return (lower + upper) / 2;
}
