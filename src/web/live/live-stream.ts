import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Replaced } from '../views/changed-parts.ts';

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

/** A device that sleeps keeps its connection and reads nothing; its next one begins with all that there is to see. */
const MOST_WAITING = 50;

type Waiting = Message | 'still here';

/** Sends messages to a page for as long as it listens. `begin` gets the means to send, and answers how to stop. */
export function liveStream(c: Context, begin: (send: (message: Message) => void) => () => void): Response {
  // A proxy that gathers before it sends would hold changes back. Source: nginx, *X-Accel-Buffering*.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const waiting: Waiting[] = [];
    const ending = new AbortController();
    let wake: () => void = () => undefined;
    const send = (message: Waiting) => {
      if (waiting.push(message) > MOST_WAITING) ending.abort();
      else wake();
    };
    const stop = begin(send);
    const stillHere = setInterval(() => send('still here'), STILL_HERE_MS);
    const { signal } = ending;
    signal.addEventListener('abort', () => {
      clearInterval(stillHere);
      stop();
      // What is being sent may be stuck for hours: nothing is gathered behind it.
      waiting.length = 0;
      wake();
    });
    stream.onAbort(() => ending.abort());
    try {
      while (!signal.aborted) {
        await sendAll(stream, waiting);
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0 || signal.aborted) resolve();
        });
      }
    } finally {
      ending.abort();
    }
  });
}

async function sendAll(stream: SSEStreamingApi, waiting: Waiting[]): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next === 'still here') await stream.write(': still here\n\n');
    else await stream.writeSSE({ ...next });
  }
}
