import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { practise } from '../../src/lab-client.ts';
import { reportFile, thisMaker } from '../../src/web/report/make-report.ts';
import { verdictOf, verifyFile } from '../../src/web/report/verify-report.ts';
import { chromiumPath } from './browser.ts';
import { agreeUntil, openControlRoom, type ControlRoomAtWork } from './control-room-at-work.ts';

describe.skipIf(chromiumPath === null)('a person at the control room', () => {
  let room: ControlRoomAtWork;
  let page: Page;
  const siteFile = () => join(room.estate.directory, 'site.yaml');

  beforeAll(async () => {
    room = await openControlRoom({ scenarios: ['feature-payload-missing'] });
    page = await room.visit();
  }, 120_000);
  afterAll(() => room?.close());

  test('is told the faults of a site file beside their lines', async () => {
    await page.getByRole('link', { name: 'New run' }).click();
    const text = readFileSync(siteFile(), 'utf8');
    await page.getByLabel('or write it here').fill(text.replace('environment: lab', 'environment: cellar'));
    await page.getByRole('button', { name: 'check' }).click();
    const line = page.locator('tr.said', { hasText: 'environment: cellar' });
    await line.waitFor();
    expect(await line.textContent()).toContain('environment');
    expect(await page.getByRole('heading', { name: /fault/ }).textContent()).toContain('1 fault');
  });

  test('sees the plan, rehearses it, and sees what would change', async () => {
    await page.goto(new URL(`/new?file=${encodeURIComponent(siteFile())}`, room.address).href);
    await page.getByRole('button', { name: 'plan' }).click();
    const foot = page.locator('.plan .foot');
    await foot.waitFor();
    expect(await foot.textContent()).toMatch(/\d+ steps: \d+ that may change/);
    await page.getByRole('button', { name: 'rehearse' }).click();
    await page.locator('#run-head .badge', { hasText: 'rehearsed' }).waitFor();
    await foot.filter({ hasText: /Plan: \d+ to change, \d+ in place, \d+ not known yet/ }).waitFor();
  });

  test('starts a run and is asked before anything is changed', async () => {
    await page.goto(new URL(`/new?file=${encodeURIComponent(siteFile())}`, room.address).href);
    await page.getByRole('button', { name: 'start' }).click();
    await page
      .locator('article.question', { hasText: 'Install the failover clustering feature' })
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'What if I stop now?' }).click();
    await page.getByRole('heading', { name: 'What if I stop now?' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('This run has changed nothing yet');
    await page.goBack();
  });

  test('reads why a step is stuck, mends the cause, and lets it try again', async () => {
    const stuck = page.locator('article.question.bad');
    const yes = page
      .locator('article.question', { hasText: 'clustering feature' })
      .getByRole('button', { name: 'approve' });
    for (let gate = 0; gate < 2; gate += 1) await yes.first().click();
    await stuck.first().waitFor();
    expect(await stuck.first().locator('.advice').textContent()).not.toBe('');
    await practise(room.estate.directory, 'mend', 'feature-payload-missing');
    await stuck.first().getByRole('button', { name: 'retry' }).click();
    await stuck.first().waitFor({ state: 'detached' });
  });

  test('goes on to the end without ever loading the page of the run again', async () => {
    await agreeUntil(page, 'done');
    expect(await page.locator('#run-head .state').textContent()).toContain('failover proven');
  });

  test('is kept as a file that can be checked', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Report' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ssis-ha-sample-[0-9a-f-]{36}\.html$/);
    const { checks, found } = verifyFile(readFileSync(await download.path()), {
      maker: thisMaker(),
      fileOf: reportFile,
    });
    expect(verdictOf(checks)).toBe('sound');
    expect(found?.document.madeBy).toBe('owner');
  });
});
