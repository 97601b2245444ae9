import { setTimeout as pause } from 'node:timers/promises';
import { summaryOf, type ListedRun, type RunClient } from '../../client.ts';
import { OperatorError } from '../../failures.ts';
import type { RunFeeds } from './run-feeds.ts';

/** What is known of all runs. */
export interface ToldRuns {
  /** Null before they could be listed. */
  readonly runs: readonly ListedRun[] | null;
  /** Why they cannot be listed now, so that the list may be old; null where they can. */
  readonly trouble: string | null;
}

type Listener = (told: ToldRuns) => void;

/** The server tells of no new run by itself, and its list lags behind anyway. */
const LOOK_FOR_NEW_MS = 3_000;

/** The list of runs for as long as somebody looks at it: again at each change of one that goes on. */
export class RunsFeed {
  private readonly client: RunClient;
  private readonly feeds: RunFeeds;
  private readonly listeners = new Set<Listener>();
  private readonly followed = new Map<string, () => void>();
  private told: ToldRuns | null = null;
  private looking: AbortController | null = null;

  constructor(client: RunClient, feeds: RunFeeds) {
    this.client = client;
    this.feeds = feeds;
  }

  /** Tells at once what is known, then every change of it. Answers how to stop. */
  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.told !== null) listener(this.told);
    if (this.looking === null) void this.look();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private async look(): Promise<void> {
    this.looking = new AbortController();
    // Others may come, and begin to look again, while the answer to somebody who left is still under way.
    const { signal } = this.looking;
    while (!signal.aborted) {
      const found = await this.list();
      if (signal.aborted) return;
      this.tell(found);
      this.followOpen(this.told?.runs ?? []);
      await pause(LOOK_FOR_NEW_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async list(): Promise<Partial<ToldRuns>> {
    try {
      return { runs: await this.client.list(), trouble: null };
    } catch (error) {
      const what = error instanceof OperatorError ? error.message : String(error);
      return { trouble: `${what}. What is shown may be old.` };
    }
  }

  private followOpen(runs: readonly ListedRun[]): void {
    const open = new Map(runs.filter(({ endedAt }) => endedAt === null).map((run) => [run.runId, run]));
    for (const [runId, stop] of this.followed) {
      if (open.has(runId)) continue;
      stop();
      this.followed.delete(runId);
    }
    for (const run of open.values()) this.followRun(run);
  }

  private followRun(ref: ListedRun): void {
    if (this.followed.has(ref.runId)) return;
    const stop = this.feeds.follow(ref, ({ run: seen }) => {
      if (seen === null) return;
      const now = summaryOf(seen);
      this.tell({ runs: this.told?.runs?.map((run) => (run.runId === ref.runId ? now : run)) ?? null });
    });
    this.followed.set(ref.runId, stop);
  }

  private rest(): void {
    this.looking?.abort();
    this.looking = null;
    this.told = null;
    for (const stop of this.followed.values()) stop();
    this.followed.clear();
  }

  private tell(change: Partial<ToldRuns>): void {
    const told = { runs: null, trouble: null, ...this.told, ...change };
    this.told = told;
    for (const listener of this.listeners) listener(told);
  }
}
