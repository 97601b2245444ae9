import { setTimeout as pause } from 'node:timers/promises';
import type { RunRef } from './find-run.ts';
import type { ServerLink } from './server-link.ts';

/** Longer than the server holds a poll open. */
const POLL_SECONDS = 70;
const AFTER_TROUBLE_MS = 500;

/** Notices that something happened in a run, by one long poll on its history. */
export class EventFeed {
  private readonly link: ServerLink;
  private readonly run: RunRef;
  private readonly ended = new AbortController();
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
      await Promise.race([told, pause(quietMs, undefined, { signal: timeout.signal }).catch(() => undefined)]);
      timeout.abort();
    }
    const { happened } = this;
    this.happened = false;
    return happened ? 'happened' : 'quiet';
  }

  close(): void {
    this.ended.abort();
    this.wake();
  }

  private async follow(): Promise<void> {
    let token: Uint8Array = new Uint8Array();
    while (!this.ended.signal.aborted) {
      try {
        const { events, next } = await this.poll(token);
        if (events > 0) this.tell();
        if (next.length === 0) return this.tell();
        token = next;
      } catch {
        // Whoever looks at the run meets the same trouble and says so.
        this.tell();
        await pause(AFTER_TROUBLE_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
      }
    }
  }

  private async poll(token: Uint8Array): Promise<{ readonly events: number; readonly next: Uint8Array }> {
    const { connection, namespace } = this.link;
    const { history, nextPageToken } = await connection.withDeadline(Date.now() + POLL_SECONDS * 1000, () =>
      connection.withAbortSignal(this.ended.signal, () =>
        connection.workflowService.getWorkflowExecutionHistory({
          namespace,
          execution: this.run,
          waitNewEvent: true,
          nextPageToken: token,
        }),
      ),
    );
    return { events: history?.events?.length ?? 0, next: nextPageToken ?? new Uint8Array() };
  }

  private tell(): void {
    this.happened = true;
    this.wake();
  }
}
