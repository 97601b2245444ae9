import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { liveStream, messageOf, type Message } from '../../src/web/live/live-stream.ts';

test('who reads nothing for long is sent nothing more, and reads the end where they wake up', async () => {
  let send: (message: Message) => void = () => undefined;
  let stops = 0;
  const app = new Hono().get('/', (c) =>
    liveStream(c, (means) => {
      send = means;
      return () => {
        stops += 1;
        send = () => undefined;
      };
    }),
  );
  const answer = await app.request('/');
  for (let sent = 0; sent < 40; sent += 1) send(messageOf('trouble', `${sent}`));
  expect(stops).toBe(0);
  for (let sent = 40; sent < 100; sent += 1) send(messageOf('trouble', `${sent}`));
  expect(stops).toBe(1);
  const told = (await answer.text()).match(/^data: .*$/gm) ?? [];
  expect(told.length).toBeLessThan(40);
  expect(stops).toBe(1);
});
