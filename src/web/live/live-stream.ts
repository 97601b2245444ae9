import type { ReadableStreamDefaultController } from 'node:stream/web';
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
  const waiting: Message[] = [];
  let isWanted = false;
  const passOn = (controller: ReadableStreamDefaultController<Message>) => {
    const next = isWanted ? waiting.shift() : undefined;
    if (next === undefined) return;
    isWanted = false;
    controller.enqueue(next);
  };
  const messages = new ReadableStream<Message>({
    start(controller) {
      const send = (message: Message) => {
        if (waiting.push(message) <= MOST_WAITING) return passOn(controller);
        // What is being sent may be stuck for hours: nothing is gathered behind it.
        waiting.length = 0;
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
    pull(controller) {
      isWanted = true;
      passOn(controller);
    },
    cancel: () => stop(),
  });
  return c.body(messages);
}
