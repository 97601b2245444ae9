import { setTimeout as pause } from 'node:timers/promises';
import type { RunRef } from './find-run.ts';
import { failedWith, type ServerLink } from './server-link.ts';

/** Source: Temporal API, `HistoryEvent`. */
interface HistoryEvent {
  readonly workflowTaskScheduledEventAttributes?: unknown;
  readonly workflowTaskStartedEventAttributes?: unknown;
}

/** A client takes no message of more than 4 MB. Source: gRPC, `grpc.max_receive_message_length`. */
const EVENTS_AT_ONCE = 200;
/** Longer than the server holds a poll open. */
const POLL_SECONDS = 70;
const AFTER_TROUBLE_MS = 500;

type Server = Pick<ServerLink, 'connection' | 'namespace'>;

/** Tells each time that something happened in a run, by one long poll on its history. */
export class EventFeed {
  private readonly link: Server;
  private readonly run: RunRef;
  private polling = new AbortController();
  private isClosed = false;
  private readonly tell: () => void;

  constructor(link: Server, run: RunRef, tell: () => void) {
    this.link = link;
    this.run = run;
    this.tell = tell;
    void this.follow();
  }

  close(): void {
    this.isClosed = true;
    this.polling.abort();
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
          maximumPageSize: EVENTS_AT_ONCE,
        }),
      ),
    );
    return { events: history?.events ?? [], next: nextPageToken ?? new Uint8Array() };
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
