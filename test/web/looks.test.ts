import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOfQuestion } from '../../src/web/views/addresses.ts';
import { VIEWS } from '../../src/web/views/views.ts';
import { serious } from './axe.ts';
import { chromiumPath } from './browser.ts';
import { openControlRoom, type ControlRoomAtWork } from './control-room-at-work.ts';

const SCREENS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

describe.skipIf(chromiumPath === null)('every page', () => {
  let room: ControlRoomAtWork;
  let pages: Readonly<Record<string, string>>;

  beforeAll(async () => {
    room = await openControlRoom({ scenarios: ['feature-payload-missing'] });
    const rehearsal = await room.estate.start('rehearse');
    await rehearsal.result();
    const rehearsed = (await room.estate.progress(rehearsal)).runId;
    const run = await room.estate.start();
    const [question] = await room.estate.untilAsked(run, ({ about }) => about === 'stuck');
    const { runId } = await room.estate.progress(run);
    pages = {
      runs: '',
      'new run': 'new',
      'sign in': 'sign-in',
      'ahead of time': `runs/${runId}/ahead`,
      'what if': `runs/${runId}/what-if`,
      'a question': addressOfQuestion(runId, question.id),
      'no such page': 'nowhere',
      'a rehearsal': `runs/${rehearsed}/plan`,
      ...Object.fromEntries(Object.keys(VIEWS).map((view) => [view, `runs/${runId}/${view}`])),
    };
  }, 120_000);
  afterAll(() => room?.close());

  test.each(['light', 'dark'] as const)(
    'has no serious finding of axe in the %s theme',
    async (colorScheme) => {
      for (const viewport of Object.values(SCREENS)) {
        const page = await room.visit('', { colorScheme, viewport });
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(new URL(path, room.address).href);
          expect({ name, viewport, found: await serious(page) }).toEqual({ name, viewport, found: [] });
        }
      }
    },
  );

  test.each(Object.entries(SCREENS))('fits on a %s without being moved sideways', async (_name, viewport) => {
    const page = await room.visit('', { viewport });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(new URL(path, room.address).href);
      const width = await page.evaluate(() => (globalThis as unknown as Window).document.body.scrollWidth);
      expect({ name, overlaps: Math.max(0, width - viewport.width) }).toEqual({ name, overlaps: 0 });
    }
  });

  test('asks nobody else for anything', async () => {
    const page = await room.visit();
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    for (const path of Object.values(pages)) await page.goto(new URL(path, room.address).href);
    expect([...asked]).toEqual([new URL(room.address).origin]);
  });
});

interface Window {
  readonly document: { readonly body: { readonly scrollWidth: number } };
}
