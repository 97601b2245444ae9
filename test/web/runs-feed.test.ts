import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { summaryOf, type ListedRun, type RunClient } from '../../src/client.ts';
import { RunFeeds } from '../../src/web/live/run-feeds.ts';
import { RunsFeed } from '../../src/web/live/runs-feed.ts';
import { shownRun } from '../cli/snapshots.ts';

const ENDED = summaryOf(shownRun({ state: 'done', endedAt: '2030-01-01T11:00:00.000Z' }));

test('who comes while the answer to somebody who left is under way hears only their own', async () => {
  const answers: ((runs: readonly ListedRun[]) => void)[] = [];
  const client = { list: () => new Promise((resolve) => answers.push(resolve)) } as Partial<RunClient>;
  const feed = new RunsFeed(client as RunClient, new RunFeeds(client as RunClient));
  const heard: unknown[] = [];
  feed.follow(() => heard.push('by who left'))();
  onTestFinished(feed.follow(({ runs }) => heard.push(runs)));
  const [late, own] = answers;
  own?.([ENDED]);
  await turn();
  late?.([]);
  await turn();
  expect(heard).toEqual([[ENDED]]);
});
