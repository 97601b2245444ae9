import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { agreeable } from '../run/real-estate.ts';
import { openControlRoom, type ControlRoomAtWork } from '../web/control-room-at-work.ts';
import { median, ninetyFifth } from './figures.ts';

/* What pages that watch a run cost it, and how soon they show what happened. */

export const PAGES = 50;
const ROUNDS = 5;
const VIEWERS = join(import.meta.dirname, 'viewers.ts');
/** A hundredth of the lengths of real life: what a run does beside waiting still shows. */
const PACE = 0.01;

export interface PageFigures {
  /** Median length of a run that many pages watch against one that nobody watches, in turn. */
  readonly watchedMs: number;
  readonly unwatchedMs: number;
  /** From the end of a step, by the run's own clock, to its state on the page in a browser. */
  readonly shownAfterMs: readonly number[];
}

export async function measurePages(): Promise<PageFigures> {
  const watched: number[] = [];
  const unwatched: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    unwatched.push(await onFreshEstate((room) => lengthOfRun(room)));
    watched.push(await onFreshEstate((room) => watchedRun(room, shown)));
  }
  return { watchedMs: median(watched), unwatchedMs: median(unwatched), shownAfterMs: shown };
}

/** The 95th of a hundred. */
export function shownAfter({ shownAfterMs }: PageFigures): number {
  return ninetyFifth(shownAfterMs);
}

async function onFreshEstate(measure: (room: ControlRoomAtWork) => Promise<number>): Promise<number> {
  const room = await openControlRoom({ pace: PACE });
  try {
    return await measure(room);
  } finally {
    await room.close();
  }
}

async function lengthOfRun({ estate }: ControlRoomAtWork): Promise<number> {
  const { endedAt, startedAt } = await estate.untilEnd(await estate.start(), agreeable);
  return Date.parse(endedAt ?? '') - Date.parse(startedAt);
}

async function watchedRun(room: ControlRoomAtWork, shown: number[]): Promise<number> {
  const { estate } = room;
  const run = await estate.start();
  const { runId } = await estate.progress(run);
  const page = await room.visit(`runs/${runId}/steps`);
  await noteWhatIsShown(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const viewers = spawn(
    process.execPath,
    ['--import', 'tsx', VIEWERS, new URL(`runs/${runId}/live?view=steps`, room.address).href, `${PAGES - 1}`],
    { env: { ...process.env, COOKIE: cookie }, stdio: 'inherit' },
  );
  const { steps, startedAt, endedAt } = await estate.untilEnd(run, agreeable);
  await page.locator('#run-head .badge', { hasText: 'done' }).waitFor();
  const seen = await page.evaluate<Record<string, number>>('globalThis.shownAt');
  for (const { key, endedAt: stepEnded, state } of steps) {
    const at = seen[key];
    if (at !== undefined && stepEnded !== null && state === 'changed') shown.push(at - Date.parse(stepEnded));
  }
  viewers.kill();
  return Date.parse(endedAt ?? '') - Date.parse(startedAt);
}

/** When each step that changed something was first seen as such, by the clock of the browser, which is ours. */
function noteWhatIsShown(page: Page): Promise<unknown> {
  return page.evaluate(`
    globalThis.shownAt = {};
    new MutationObserver(() => {
      for (const cell of document.querySelectorAll('td.cell[title$=": changed"]'))
        globalThis.shownAt[cell.title.split(':')[0]] ??= Date.now();
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  `);
}
