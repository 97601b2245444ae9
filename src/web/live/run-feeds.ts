import type { RunClient, RunRef, ShownRun } from '../../client.ts';

/** What is known of a run. */
export interface Told {
  /** Null before it was seen. */
  readonly run: ShownRun | null;
  /** Who does not answer, so that the run may be another by now; null where all do. */
  readonly trouble: string | null;
}

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

  private async watch(client: RunClient, ref: RunRef): Promise<void> {
    const { signal } = this.watching;
    const silence = (trouble: string | null) => this.tell({ trouble });
    try {
      for await (const run of client.watch(ref, { signal, silence })) this.tell({ run });
    } catch (error) {
      silence(error instanceof Error ? error.message : String(error));
    } finally {
      this.ended();
    }
  }

  private tell(change: Partial<Told>): void {
    const told = { run: null, trouble: null, ...this.last, ...change };
    this.last = told;
    for (const listener of this.listeners) listener(told);
  }
}
