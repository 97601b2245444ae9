import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { Page } from 'playwright-core';
import { signInLink } from '../../src/web/sign-in/link.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { agreeable, type RealEstate } from '../run/real-estate.ts';
import { openControlRoom, type ControlRoomAtWork } from '../web/control-room-at-work.ts';
import { HttpBrowser } from '../web/http-browser.ts';
import { median, ninetyFifth } from './figures.ts';

/* What pages that watch a run cost it, and how soon they show what happened. */

export const PAGES = 50;
const ROUNDS = 5;
const ROUNDS_IN_BROWSER = 2;
const VIEWERS = join(import.meta.dirname, 'viewers.ts');
/** A hundredth of the lengths of real life: what a run does beside waiting still shows. */
const PACE = 0.01;

export interface PageFigures {
  /** Median length of a run that many pages are connected to, against one that nobody watches, in turn. */
  readonly watchedMs: number;
  readonly unwatchedMs: number;
  /** From the end of a step, by the run's own clock, to its state on the page in a browser, beside the others. */
  readonly shownAfterMs: readonly number[];
}

export async function measurePages(): Promise<PageFigures> {
  const watched: number[] = [];
  const unwatched: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    unwatched.push(await onFreshRun(({ untilEnd }) => lengthOf(untilEnd)));
    watched.push(
      await onFreshRun(({ room, runId, untilEnd }) =>
        besideViewers(room, runId, PAGES, () => lengthOf(untilEnd)),
      ),
    );
  }
  const shown: number[] = [];
  for (let round = 0; round < ROUNDS_IN_BROWSER; round += 1) {
    shown.push(
      ...(await onFreshRun(({ room, runId, untilEnd }) =>
        besideViewers(room, runId, PAGES - 1, () => shownInBrowser(room, runId, untilEnd)),
      )),
    );
  }
  return { watchedMs: median(watched), unwatchedMs: median(unwatched), shownAfterMs: shown };
}

/** The 95th of a hundred. */
export function shownAfter({ shownAfterMs }: PageFigures): number {
  return ninetyFifth(shownAfterMs);
}

/** A run that waits for its first answer: whoever is to watch it does so before it goes on. */
interface WaitingRun {
  readonly room: ControlRoomAtWork;
  readonly runId: string;
  readonly untilEnd: () => Promise<RunSnapshot>;
}

async function onFreshRun<Result>(measure: (run: WaitingRun) => Promise<Result>): Promise<Result> {
  const room = await openControlRoom({ pace: PACE });
  try {
    return await measure({ room, ...(await waitingRun(room.estate)) });
  } finally {
    await room.close();
  }
}

async function waitingRun(estate: RealEstate): Promise<Omit<WaitingRun, 'room'>> {
  const run: WorkflowHandle = await estate.start();
  const [, { runId }] = await estate.untilAsked(run, () => true);
  return { runId, untilEnd: () => estate.untilEnd(run, agreeable) };
}

async function lengthOf(untilEnd: WaitingRun['untilEnd']): Promise<number> {
  const begin = Date.now();
  const { endedAt } = await untilEnd();
  return Date.parse(endedAt ?? '') - begin;
}

async function besideViewers<Result>(
  { address, estate }: ControlRoomAtWork,
  runId: string,
  count: number,
  measure: () => Promise<Result>,
): Promise<Result> {
  const browser = new HttpBrowser();
  await browser.open(signInLink(address, estate.directory));
  const live = new URL(`runs/${runId}/live?view=steps`, address);
  const viewers = spawn(process.execPath, ['--import', 'tsx', VIEWERS, live.href, `${count}`], {
    env: { ...process.env, COOKIE: browser.cookiesFor(live) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await once(viewers.stdout, 'data');
    if (String(said) !== 'open\n') throw new Error(`Viewers say ${said}`);
    return await measure();
  } finally {
    viewers.kill();
  }
}

async function shownInBrowser(
  room: ControlRoomAtWork,
  runId: string,
  untilEnd: WaitingRun['untilEnd'],
): Promise<number[]> {
  const page = await room.visit(`runs/${runId}/steps`);
  await noteWhatIsShown(page);
  const { steps } = await untilEnd();
  await page.locator('#run-head .badge', { hasText: 'done' }).waitFor();
  const seen = await page.evaluate<Record<string, number>>('globalThis.shownAt');
  return steps.flatMap(({ key, endedAt, state }) => {
    const at = seen[key];
    return at !== undefined && endedAt !== null && state === 'changed' ? [at - Date.parse(endedAt)] : [];
  });
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
