import { setTimeout as pause } from 'node:timers/promises';
import type { RunRef } from './find-run.ts';
import { failedWith, type ServerLink } from './server-link.ts';

/** Source: Temporal API, `HistoryEvent`. */
interface HistoryEvent {
  readonly workflowTaskScheduledEventAttributes?: unknown;
  readonly workflowTaskStartedEventAttributes?: unknown;
}

/** Longer than the server holds a poll open. */
const POLL_SECONDS = 70;
const AFTER_TROUBLE_MS = 500;

/** Notices that something happened in a run, by one long poll on its history. */
export class EventFeed {
  private readonly link: ServerLink;
  private readonly run: RunRef;
  private polling = new AbortController();
  private isClosed = false;
  private happened = true;
  private wake: () => void = () => undefined;

  constructor(link: ServerLink, run: RunRef) {
    this.link = link;
    this.run = run;
    void this.follow();
  }

  /** Returns when something happened since the last call, or after `quietMs`. */
  async next(quietMs: number): Promise<'happened' | 'quiet'> {
    if (!this.happened) {
      const timeout = new AbortController();
      const told = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([
        told,
        pause(quietMs, undefined, { signal: timeout.signal }).catch(() => undefined),
      ]);
      timeout.abort();
    }
    const { happened } = this;
    this.happened = false;
    return happened ? 'happened' : 'quiet';
  }

  close(): void {
    this.isClosed = true;
    this.polling.abort();
    this.wake();
  }

  private async follow(): Promise<void> {
    let token: Uint8Array = new Uint8Array();
    while (!this.isClosed) {
      try {
        const { events, next } = await this.poll(token);
        if (events.length > 0 && !isDeciding(events)) this.tell();
        if (next.length === 0) return this.tell();
        token = next;
      } catch (error) {
        // A place in the history that another server does not know: read it from its beginning.
        if (failedWith(error, 'invalid')) token = new Uint8Array();
        // Whoever looks at the run meets the same trouble and says so.
        this.tell();
        await pause(AFTER_TROUBLE_MS, undefined, { signal: this.polling.signal }).catch(() => undefined);
      }
    }
  }

  private async poll(
    token: Uint8Array,
  ): Promise<{ readonly events: readonly HistoryEvent[]; readonly next: Uint8Array }> {
    const { connection, namespace } = this.link;
    // One for each poll: the library never takes its listeners off again.
    this.polling = new AbortController();
    const { signal } = this.polling;
    const { history, nextPageToken } = await connection.withDeadline(Date.now() + POLL_SECONDS * 1000, () =>
      connection.withAbortSignal(signal, () =>
        connection.workflowService.getWorkflowExecutionHistory({
          namespace,
          execution: this.run,
          waitNewEvent: true,
          nextPageToken: token,
        }),
      ),
    );
    return { events: history?.events ?? [], next: nextPageToken ?? new Uint8Array() };
  }

  private tell(): void {
    this.happened = true;
    this.wake();
  }
}

/**
 * Whether the run is about to decide. What it then is, its next events tell; and a query that comes in between waits
 * for the decision after that one, which may be seconds away [tried].
 */
function isDeciding(events: readonly HistoryEvent[]): boolean {
  const last = events.at(-1);
  return Boolean(last?.workflowTaskScheduledEventAttributes ?? last?.workflowTaskStartedEventAttributes);
}
