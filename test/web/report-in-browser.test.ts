import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planToShow } from '../../src/client/shown-plan.ts';
import { STEP_WORDS } from '../../src/present/words.ts';
import { reportFile, thisMaker } from '../../src/web/report/make-report.ts';
import { VIEWS } from '../../src/web/views/views.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { recordedPlan, recordedRun } from '../workflows/recorded-runs.ts';
import { serious } from './axe.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { documentOf, HOSTILE, sampleEvents } from './report-samples.ts';

describe.skipIf(chromiumPath === null)('a report, opened from a disk', () => {
  let browser: Browser;
  let folder: string;
  let events: readonly RunEvent[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ssis-ha-report-'));
    ({ events } = await recordedRun('whole.json.gz'));
    const plan = planToShow(recordedPlan('whole.json.gz'));
    const document = documentOf(events, { maker: thisMaker(), plan });
    writeFileSync(join(folder, 'whole.html'), reportFile(document));
    writeFileSync(join(folder, 'hostile.html'), reportFile(documentOf(sampleEvents, { madeBy: HOSTILE })));
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(pathToFileURL(join(folder, name)).href);
    return page;
  }

  /** By its host, what the page says of the state of each step. */
  async function shownStates(page: Page): Promise<readonly (readonly string[])[]> {
    const cells = await page.locator('#view-steps td.cell').all();
    return Promise.all(
      cells.map(async (cell) => [
        (await cell.getAttribute('title')) ?? '',
        await cell.locator('.word').innerText(),
      ]),
    );
  }

  function states(n: number): readonly (readonly string[])[] {
    const steps = replayEvents(events, n)?.steps ?? [];
    return steps.map(({ key, state }) => [`${key}: ${STEP_WORDS[state].word}`, STEP_WORDS[state].word]);
  }

  const sorted = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join()).toSorted();

  async function moveTo(page: Page, n: number): Promise<void> {
    await page.locator('#moment').fill(String(n));
    await page.locator('#moment-words', { hasText: `Event ${n} of` }).waitFor();
  }

  test('shows each moment as its events say', async () => {
    const page = await opened('whole.html');
    for (const n of [events.length, Math.floor(events.length / 2), 3, events.length - 1, 1]) {
      await moveTo(page, n);
      expect(sorted(await shownStates(page)), `event ${n}`).toEqual(sorted(states(n)));
    }
  }, 60_000);

  test('is moved through by keys and buttons, to each decision too', async () => {
    const page = await opened('whole.html');
    const decisive = events.filter(({ decisions = [] }) => decisions.length > 0).map(({ n }) => n);
    const words = page.locator('#moment-words');
    await page.locator('#moment').focus();
    await page.keyboard.press('Home');
    expect(await words.innerText()).toContain(`Event 1 of ${events.length}`);
    await page.keyboard.press('ArrowRight');
    expect(await words.innerText()).toContain('Event 2 of');
    for (const n of decisive.slice(0, 3)) {
      await page.getByRole('button', { name: 'Next decision' }).click();
      expect(await words.innerText()).toContain(`Event ${n} of`);
    }
    await page.locator('#decisions [data-moment]').last().click();
    expect(await words.innerText()).toContain(`Event ${decisive.at(-1)} of`);
    await page.getByRole('button', { name: 'Event before' }).click();
    expect(await words.innerText()).toContain(`Event ${(decisive.at(-1) ?? 0) - 1} of`);
  }, 60_000);

  test('shows one view at a time, for the moment that is chosen', async () => {
    const page = await opened('whole.html');
    await moveTo(page, 1);
    for (const [name, { title }] of Object.entries(VIEWS)) {
      await page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click();
      expect(await page.locator('section.view:visible').count()).toBe(1);
      expect(await page.locator(`#view-${name}`).isVisible()).toBe(true);
    }
    expect(await page.locator('#view-history .happening').count()).toBe(1);
    await page.getByRole('link', { name: /^Decisions 0/ }).click();
    expect(await page.locator('#view-history .happening').count()).toBe(0);
  });

  test('is read without its script: all views of the last moment, decisions and evidence', async () => {
    const page = await opened('whole.html', { javaScriptEnabled: false });
    expect(await page.locator('section.view:visible').count()).toBe(Object.keys(VIEWS).length);
    expect(await page.locator('#scrubber').isVisible()).toBe(false);
    const last = replayEvents(events);
    expect(await page.locator('#decisions tbody tr').count()).toBe(last?.decisions.length);
    expect(await page.locator('#evidence article').count()).toBe(last?.steps.length);
    expect(sorted(await shownStates(page))).toEqual(sorted(states(events.length)));
  });

  test('asks nobody for anything, says no error, and shows hostile words as words', async () => {
    const page = await opened('hostile.html');
    const trouble: string[] = [];
    page.on('request', (request) => request.url().startsWith('file:') || trouble.push(request.url()));
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', ({ message }) => trouble.push(message));
    page.on('dialog', (dialog) => trouble.push(dialog.message()));
    await page.reload();
    for (const n of [1, 2, 3]) await moveTo(page, n);
    expect(trouble).toEqual([]);
    expect(await page.locator('#decisions').innerText()).toContain('<script>alert(1)</script>');
    expect(await page.locator('.made').innerText()).toContain('Übergröße 😀');
  });

  test.each(['light', 'dark'] as const)(
    'has no serious finding of axe in the %s theme, and fits',
    async (colorScheme) => {
      for (const width of [1280, 390]) {
        const page = await opened('whole.html', { colorScheme, viewport: { width, height: 900 } });
        await moveTo(page, Math.floor(events.length / 2));
        expect(await serious(page), `${width} pixels`).toEqual([]);
        for (const name of Object.keys(VIEWS)) {
          await page.locator(`nav.views a[href="#view-${name}"]`).click();
          expect(await serious(page, `#view-${name}`), `${name}, ${width} pixels`).toEqual([]);
        }
        expect(await page.evaluate<number>('document.body.scrollWidth')).toBeLessThanOrEqual(width);
      }
    },
    120_000,
  );
});
