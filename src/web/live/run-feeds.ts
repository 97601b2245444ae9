import { setTimeout as pause } from 'node:timers/promises';
import type { RunClient, RunRef, ShownRun } from '../../client.ts';

/** What is known of a run. */
export interface Told {
  /** Null before it was seen. */
  readonly run: ShownRun | null;
  /** Who does not answer, so that the run may be another by now; null where all do. */
  readonly trouble: string | null;
}

/** Whatever is the matter, it may be over by then. */
const AFTER_FAULT_MS = 2_000;

type Listener = (told: Told) => void;

/** Watches each run once, however many pages show it, and for as long as one does. */
export class RunFeeds {
  private readonly client: RunClient;
  private readonly feeds = new Map<string, RunFeed>();

  constructor(client: RunClient) {
    this.client = client;
  }

  /** Tells at once what is known, then every change of it. Answers how to stop it. */
  follow(ref: RunRef, listener: Listener): () => void {
    const feed = this.feeds.get(ref.runId) ?? this.open(ref);
    return feed.add(listener);
  }

  private open(ref: RunRef): RunFeed {
    const feed = new RunFeed(this.client, ref, () => {
      // Another may watch the run by now.
      if (this.feeds.get(ref.runId) === feed) this.feeds.delete(ref.runId);
    });
    this.feeds.set(ref.runId, feed);
    return feed;
  }
}

class RunFeed {
  private readonly listeners = new Set<Listener>();
  private readonly watching = new AbortController();
  private readonly ended: () => void;
  private last: Told | null = null;

  constructor(client: RunClient, ref: RunRef, ended: () => void) {
    this.ended = ended;
    void this.watch(client, ref);
  }

  add(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.last !== null) listener(this.last);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  }

  private close(): void {
    this.watching.abort();
    this.ended();
  }

  /** Until the run has ended or nobody listens, whatever happens. */
  private async watch(client: RunClient, ref: RunRef): Promise<void> {
    const { signal } = this.watching;
    while (!signal.aborted) {
      try {
        await this.watchOnce(client, ref);
        break;
      } catch (error) {
        this.tell({ trouble: error instanceof Error ? error.message : String(error) });
        await pause(AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    this.ended();
  }

  private async watchOnce(client: RunClient, ref: RunRef): Promise<void> {
    const { signal } = this.watching;
    // A watch says nothing as long as all is well: what the one before it failed with is over with the first look.
    let trouble: string | null = null;
    const silence = (text: string | null) => {
      trouble = text;
      this.tell({ trouble });
    };
    for await (const run of client.watch(ref, { signal, silence })) this.tell({ run, trouble });
  }

  private tell(change: Partial<Told>): void {
    const told = { run: null, trouble: null, ...this.last, ...change };
    this.last = told;
    for (const listener of this.listeners) listener(told);
  }
}
