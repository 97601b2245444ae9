import { expect, test } from 'vitest';
import { summaryOf, type ShownRun } from '../../src/client.ts';
import { ROLES } from '../../src/web/visitor.ts';
import type { Decision } from '../../workflows/contract.ts';
import { questionWith, shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* What a tired reader must not misread. */

const QUESTION = questionWith();
const ASKING = shownRun({ questions: [QUESTION] });
const ADDRESS = `/runs/${ASKING.runId}/questions/${encodeURIComponent(QUESTION.id)}`;

test('the page of one question is live: who looks at it sees that somebody else answered', async () => {
  let answered: (run: ShownRun) => void = () => undefined;
  const later = new Promise<ShownRun>((resolve) => (answered = resolve));
  const client = clientOf(ASKING, {
    async *watch() {
      yield ASKING;
      yield await later;
    },
  });
  const room = await signedIn(ROLES, client);
  const page = await (await room.get(ADDRESS)).text();
  const live = /data-live="([^"]*)"/.exec(page)?.[1] ?? '';
  const reader = (await room.get(live)).body?.getReader();
  const read = async () => new TextDecoder().decode((await reader?.read())?.value);
  const next = async () => {
    for (;;) {
      const message = await read();
      if (message.startsWith('event: replace')) return message;
    }
  };
  expect(await next()).toContain('Create it?');
  const decision: Decision = {
    id: 'd1',
    questionId: QUESTION.id,
    stepKey: QUESTION.stepKey,
    verdict: 'reject',
    by: 'bob',
    reason: 'not tonight',
    at: '2030-01-01T10:01:00.000Z',
    refused: null,
  };
  answered(shownRun({ decisions: [decision] }));
  const told = await next();
  expect(told).toContain('This question is not open any more.');
  expect(told).toContain('bob said <strong>reject</strong> (not tonight)');
  await reader?.cancel();
});

test('a question says since which day it waits, on the page of its run and on that of all runs', async () => {
  const list = () => Promise.resolve([summaryOf(ASKING)]);
  const room = await signedIn(ROLES, clientOf(ASKING, { list }));
  for (const path of ['/', `/runs/${ASKING.runId}/steps`, ADDRESS]) {
    const page = (await (await room.get(path)).text()).replaceAll(/<[^>]*>/g, '');
    expect(page).toContain('since 2030-01-01 10:00:05 UTC');
  }
});

test('only a run that is over has its state in the title, where nothing brings it up to date', async () => {
  const titleOf = async (run: ShownRun) => {
    const page = await (await signedIn(ROLES, clientOf(run))).get(`/runs/${run.runId}/steps`);
    return /<title>(.*?)<\/title>/.exec(await page.text())?.[1];
  };
  expect(await titleOf(ASKING)).toBe('sample · ssis-ha');
  const over = shownRun({ state: 'done', endedAt: '2030-01-01T11:00:00.000Z' });
  expect(await titleOf(over)).toBe('sample: done · ssis-ha');
});
