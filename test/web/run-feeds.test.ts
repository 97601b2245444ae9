import { expect, test } from 'vitest';
import { RunFeeds, type Told } from '../../src/web/live/run-feeds.ts';
import { MadeUpServer } from './made-up-client.ts';

test('a run is watched again after whatever its watch failed with, for as long as somebody listens', async () => {
  const server = new MadeUpServer();
  const heard = new Heard();
  const leave = new RunFeeds(server.client).follow(server.run, heard.tell);
  await heard.next(({ run, trouble }) => run !== null && trouble === null);
  server.fail(new Error('Out of memory'));
  await heard.next(({ trouble }) => trouble === 'Out of memory');
  server.set({ run: { site: 'other' } });
  await heard.next(({ run, trouble }) => run?.site === 'other' && trouble === null);
  expect(server.watched).toBe(1);
  leave();
  await expect.poll(() => server.watched).toBe(0);
});

class Heard {
  private isMeant: (told: Told) => boolean = () => false;
  private found: () => void = () => undefined;
  private last: Told | null = null;

  readonly tell = (told: Told): void => {
    this.last = told;
    if (this.isMeant(told)) this.found();
  };

  next(isMeant: (told: Told) => boolean): Promise<void> {
    if (this.last !== null && isMeant(this.last)) return Promise.resolve();
    this.isMeant = isMeant;
    return new Promise((resolve) => (this.found = resolve));
  }
}
