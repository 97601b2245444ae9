import type { Context } from 'hono';
import type { Replaced } from '../views/changed-parts.ts';

/** What goes to a page, as it is sent: made once, however many pages it goes to. */
export type Message = Uint8Array;

/** `replace`: elements; `trouble`: who does not answer, empty where all do; `over`: nothing will change any more. */
export function messageOf(event: 'replace', replaced: Replaced): Message;
export function messageOf(event: 'trouble', words: string): Message;
export function messageOf(event: 'over'): Message;
export function messageOf(event: string, data: Replaced | string = ''): Message {
  return new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Proxies and browsers give up connections that are silent for long. */
const STILL_HERE_MS = 15_000;
const STILL_HERE = new TextEncoder().encode(': still here\n\n');

/** A device that sleeps keeps its connection and reads nothing; its next one begins with all that there is to see. */
const MOST_WAITING = 50;

/** Sends messages to a page for as long as it listens. `begin` gets the means to send, and answers how to stop. */
export function liveStream(c: Context, begin: (send: (message: Message) => void) => () => void): Response {
  c.header('Content-Type', 'text/event-stream');
  c.header('Cache-Control', 'no-cache');
  // Sent as it comes. Source: @hono/node-server, which else gathers what is there within a turn.
  c.header('Transfer-Encoding', 'chunked');
  // A proxy that gathers before it sends would hold changes back. Source: nginx, *X-Accel-Buffering*.
  c.header('X-Accel-Buffering', 'no');
  let stop: () => void = () => undefined;
  const messages = new ReadableStream<Message>(
    {
      start(controller) {
        const send = (message: Message) => {
          controller.enqueue(message);
          if ((controller.desiredSize ?? 0) > 0) return;
          stop();
          controller.close();
        };
        const stillHere = setInterval(() => send(STILL_HERE), STILL_HERE_MS);
        const leave = begin(send);
        stop = () => {
          clearInterval(stillHere);
          leave();
        };
      },
      cancel: () => stop(),
    },
    { highWaterMark: MOST_WAITING },
  );
  return c.body(messages);
}
