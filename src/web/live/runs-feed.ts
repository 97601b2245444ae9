import { summaryOf, type ListedRun, type RunClient } from '../../client.ts';
import type { RunFeeds } from './run-feeds.ts';

type Listener = (runs: readonly ListedRun[]) => void;

/** The server tells of no new run by itself, and its list lags behind anyway. */
const LOOK_FOR_NEW_MS = 3_000;

/** The list of runs for as long as somebody looks at it: again at each change of one that goes on. */
export class RunsFeed {
  private readonly client: RunClient;
  private readonly feeds: RunFeeds;
  private readonly listeners = new Set<Listener>();
  private readonly followed = new Map<string, () => void>();
  private runs: readonly ListedRun[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(client: RunClient, feeds: RunFeeds) {
    this.client = client;
    this.feeds = feeds;
  }

  /** Answers how to stop. */
  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) void this.lookAgain();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private async lookAgain(): Promise<void> {
    // A server that is away for a moment is asked again; the page of a run says what is the matter.
    this.runs = await this.client.list().catch(() => this.runs);
    if (this.listeners.size === 0) return;
    for (const run of this.runs.filter(({ endedAt }) => endedAt === null)) this.followRun(run);
    this.tell();
    this.timer = setTimeout(() => void this.lookAgain(), LOOK_FOR_NEW_MS);
  }

  private followRun(ref: ListedRun): void {
    if (this.followed.has(ref.runId)) return;
    const stop = this.feeds.follow(ref, ({ run: seen }) => {
      if (seen === null) return;
      const now = summaryOf(seen);
      this.runs = this.runs.map((run) => (run.runId === ref.runId ? now : run));
      this.tell();
    });
    this.followed.set(ref.runId, stop);
  }

  private rest(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    for (const stop of this.followed.values()) stop();
    this.followed.clear();
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this.runs);
  }
}
