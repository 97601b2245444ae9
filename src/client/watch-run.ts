import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../../activities/failures.ts';
import { isOlder } from '../snapshot-age.ts';
import { Bell } from '../bell.ts';
import { EventFeed } from './event-feed.ts';
import type { RunRef } from './find-run.ts';
import { lookAtRun, retriesOfOpen, silenceOf, type Sight } from './look-at-run.ts';
import { isServerAway } from './server-link.ts';
import { stillWaiting, withWaiting, type ShownRun } from './shown-run.ts';

export interface Watching {
  readonly signal: AbortSignal;
  /** Told when the server or the control worker falls silent; null when it answers again. */
  readonly silence: (text: string | null) => void;
}

/** The end of a silence, for whoever tells it in words. */
export const ANSWERS_AGAIN = 'It answers again.';

/** An activity that is tried again leaves no event, and a worker that died no record; they are looked for this often. */
const QUIET_MS = 1_000;
/** Events come in bursts; a person sees no more than some changes a second. */
const BETWEEN_CHANGES_MS = 100;
const AFTER_TROUBLE_MS = 1_000;

/** The run, at once and after every change, until it has ended. Outlives restarts of server and workers. */
export async function* watchRun(sight: Sight, ref: RunRef, watching: Watching): AsyncGenerator<ShownRun> {
  const watch = new RunWatch(sight, ref, watching.silence);
  watching.signal.addEventListener('abort', () => watch.close(), { once: true });
  let shown = '';
  try {
    while (!watching.signal.aborted) {
      const run = await watch.next();
      if (run === null) continue;
      const now = JSON.stringify(run);
      if (now !== shown) yield run;
      shown = now;
      if (run.endedAt !== null) return;
      await pause(BETWEEN_CHANGES_MS);
    }
  } finally {
    watch.close();
  }
}

/**
 * What is known of a run. Where its control worker keeps records in the same folder, each of them tells a change,
 * which costs neither run nor server anything; where not, the run is asked as soon as something happened.
 */
class RunWatch {
  private readonly sight: Sight;
  private readonly ref: RunRef;
  private readonly silence: Silence;
  private readonly bell = new Bell();
  /** Null where the record tells, so that the server is not asked for each event beside. */
  private feed: EventFeed | null = null;
  private leaveRecord: (() => void) | null = null;
  private known: ShownRun | null = null;
  /** How often the record was written, and how often it was when it was last read, and at the last look. */
  private written = 0;
  private read = 0;
  private writtenAtLook = 0;
  /** Whether changes of the run arrive in its record. */
  private isKeptHere = false;
  private hasHappened = false;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;
  private fault: { readonly error: unknown } | null = null;

  constructor(sight: Sight, ref: RunRef, silence: Watching['silence']) {
    this.sight = sight;
    this.ref = ref;
    this.silence = new Silence(silence);
    this.listenToServer();
  }

  close(): void {
    this.feed?.close();
    this.leaveRecord?.();
    this.bell.ring();
  }

  /** The run, once something was noticed or a while has passed; null while nothing is known of it. */
  async next(): Promise<ShownRun | null> {
    if (this.known !== null) await this.bell.heard(QUIET_MS);
    if (this.known !== null && this.read !== this.written) await this.readRecord();
    if (this.isLookDue) this.looking = this.look();
    if (this.known === null) await this.looking;
    if (this.fault) throw this.fault.error;
    return this.known;
  }

  private get isLookDue(): boolean {
    if (this.looking !== null) return false;
    return (this.hasHappened && !this.isKeptHere) || Date.now() - this.lookedAt >= QUIET_MS;
  }

  private listenToServer(): void {
    this.isKeptHere = false;
    this.feed ??= new EventFeed(this.sight.link, this.ref, () => {
      this.hasHappened = true;
      this.bell.ring();
    });
  }

  private listenToRecord(): void {
    this.isKeptHere = true;
    this.feed?.close();
    this.feed = null;
  }

  private async readRecord(): Promise<void> {
    this.read = this.written;
    const kept = await this.sight.records.read(this.ref.runId).catch(() => null);
    if (kept === null || this.known === null || isOlder(kept, this.known)) return;
    this.known = stillWaiting(kept, this.known);
    this.silence.is(null);
  }

  /** Never throws; what it sees is told by the next `next`. */
  private async look(): Promise<void> {
    const isAlive = this.isKeptHere && this.written !== this.writtenAtLook;
    this.leaveRecord ??= this.sight.records.follow(this.ref.runId, () => {
      this.written += 1;
      this.listenToRecord();
      this.bell.ring();
    });
    const { written } = this;
    this.writtenAtLook = written;
    this.hasHappened = false;
    this.lookedAt = Date.now();
    try {
      if (isAlive && (await this.lookForTries())) return;
      const seen = await lookAtRun(this.sight, this.ref);
      const isOvertaken = this.written !== written;
      this.seen(seen.run, isOvertaken);
      this.silence.is(isOvertaken ? null : silenceOf(seen));
    } catch (error) {
      await this.tellTrouble(error);
    } finally {
      this.looking = null;
      this.bell.ring();
    }
  }

  /** Of a run whose record tells the rest. False where the run is not open. */
  private async lookForTries(): Promise<boolean> {
    const retries = await retriesOfOpen(this.sight.link, this.ref);
    if (retries === null || this.known === null) return false;
    this.known = withWaiting(this.known, retries(this.known.steps));
    return true;
  }

  private seen(run: ShownRun, isOvertaken: boolean): void {
    // What was kept while the run was asked is later than its answer.
    if (this.known !== null && isOvertaken) {
      this.known = stillWaiting(this.known, run);
      return;
    }
    if (this.known !== null && this.known.journal?.head !== run.journal?.head) this.listenToServer();
    this.known = run;
  }

  private async tellTrouble(error: unknown): Promise<void> {
    const { link } = this.sight;
    if (!isPassing(error)) {
      this.fault = { error };
      return;
    }
    this.silence.is(
      error instanceof OperatorError
        ? `${error.message}. Waiting for it.`
        : `The Temporal server at ${link.address} does not answer; waiting for it.`,
    );
    await pause(AFTER_TROUBLE_MS);
    await link.follow().catch(() => undefined);
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof OperatorError || isServerAway(error);
}

/** Tells each change of who is silent once. */
class Silence {
  private readonly tell: Watching['silence'];
  private told: string | null = null;

  constructor(tell: Watching['silence']) {
    this.tell = tell;
  }

  is(text: string | null): void {
    if (this.told !== text) this.tell(text);
    this.told = text;
  }
}
