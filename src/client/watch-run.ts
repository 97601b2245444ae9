import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../../activities/failures.ts';
import { EventFeed } from './event-feed.ts';
import type { RunRef } from './find-run.ts';
import { lookAtRun, type Sight } from './look-at-run.ts';
import { isServerAway } from './server-link.ts';
import type { ShownRun } from './shown-run.ts';

export interface Watching {
  readonly signal: AbortSignal;
  /** Told when the server or the control worker falls silent, and when it is back. */
  readonly narrate: (text: string) => void;
}

/** An activity that is tried again leaves no event; it is looked for this often. */
const QUIET_MS = 1_000;
/** Events come in bursts; a person sees no more than some looks a second. */
const BETWEEN_LOOKS_MS = 100;
const AFTER_TROUBLE_MS = 1_000;

/** The run, at once and after every change, until it has ended. Outlives restarts of server and workers. */
export async function* watchRun(sight: Sight, ref: RunRef, watching: Watching): AsyncGenerator<ShownRun> {
  const feed = new EventFeed(sight.link, ref);
  watching.signal.addEventListener('abort', () => feed.close(), { once: true });
  const silence = new Silence(watching.narrate);
  let shown = '';
  try {
    while (!watching.signal.aborted) {
      const run = await lookPatiently(sight, ref, silence);
      if (run === null) continue;
      const now = JSON.stringify(run);
      if (now !== shown) yield run;
      shown = now;
      if (run.endedAt !== null) return;
      await pause(BETWEEN_LOOKS_MS);
      await feed.next(QUIET_MS);
    }
  } finally {
    feed.close();
  }
}

/** Null when it could not be seen this time. */
async function lookPatiently(sight: Sight, ref: RunRef, silence: Silence): Promise<ShownRun | null> {
  try {
    const { run, from, isOpen } = await lookAtRun(sight, ref);
    if (isOpen && from === 'record')
      silence.of('The control worker does not answer; what it kept last is shown.');
    else silence.isOver();
    return run;
  } catch (error) {
    if (!isPassing(error)) throw error;
    silence.of(
      error instanceof OperatorError
        ? `${error.message}. Waiting for it.`
        : `The Temporal server at ${sight.link.address} does not answer; waiting for it.`,
    );
    await pause(AFTER_TROUBLE_MS);
    await sight.link.follow().catch(() => undefined);
    return null;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof OperatorError || isServerAway(error);
}

/** Says once that somebody is silent, and once that it is over. */
class Silence {
  private readonly narrate: (text: string) => void;
  private said: string | null = null;

  constructor(narrate: (text: string) => void) {
    this.narrate = narrate;
  }

  of(text: string): void {
    if (this.said !== text) this.narrate(text);
    this.said = text;
  }

  isOver(): void {
    if (this.said !== null) this.narrate('It answers again.');
    this.said = null;
  }
}
