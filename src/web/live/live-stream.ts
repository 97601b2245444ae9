import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Replaced } from './changed-parts.ts';

/** What goes to a page, as it is sent: made once, however many pages it goes to. */
export interface Message {
  /** `replace`: elements; `trouble`: who does not answer, empty where all do; `over`: nothing will change any more. */
  readonly event: 'replace' | 'trouble' | 'over';
  /** JSON. */
  readonly data: string;
}

export function messageOf(event: 'replace', replaced: Replaced): Message;
export function messageOf(event: 'trouble', words: string): Message;
export function messageOf(event: 'over'): Message;
export function messageOf(event: Message['event'], data: Replaced | string = ''): Message {
  return { event, data: JSON.stringify(data) };
}

/** Proxies and browsers give up connections that are silent for long. */
const STILL_HERE_MS = 15_000;

/** Sends messages to a page for as long as it listens. `begin` gets the means to send, and answers how to stop. */
export function liveStream(c: Context, begin: (send: (message: Message) => void) => () => void): Response {
  // A proxy that gathers before it sends would hold changes back. Source: nginx, *X-Accel-Buffering*.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const waiting: Message[] = [];
    let wake: () => void = () => undefined;
    const stop = begin((message) => {
      waiting.push(message);
      wake();
    });
    const stillHere = setInterval(() => void stream.write(': still here\n\n'), STILL_HERE_MS);
    stream.onAbort(() => wake());
    try {
      while (!stream.aborted && !stream.closed) {
        await sendAll(stream, waiting);
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0 || stream.aborted) resolve();
        });
      }
    } finally {
      clearInterval(stillHere);
      stop();
    }
  });
}

async function sendAll(stream: SSEStreamingApi, waiting: Message[]): Promise<void> {
  for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
    await stream.writeSSE({ ...message });
  }
}
