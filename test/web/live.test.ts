import { describe, expect, test } from 'vitest';
import { chromiumPath } from './browser.ts';
import { MadeUpServer, openMadeUpRoom } from './made-up-client.ts';

const SILENT = 'The control worker does not answer; what it kept last is shown.';

describe.skipIf(chromiumPath === null)('a live page', () => {
  test('says for as long as nobody answers that nobody does, also to who comes later', async () => {
    const server = new MadeUpServer();
    server.set({ silent: SILENT });
    const { page, address } = await openMadeUpRoom(server);
    const steps = new URL(`runs/${server.run.runId}/steps`, address).href;
    const trouble = page.locator('#trouble', { hasText: SILENT });
    const first = await page.request.get(steps);
    expect(await first.text()).toContain(SILENT);
    await page.goto(steps);
    for (const site of ['one', 'other']) {
      server.set({ run: { site } });
      await page.locator('#run-head', { hasText: site }).waitFor();
      expect(await trouble.isVisible()).toBe(true);
    }
    const later = await page.context().newPage();
    await later.goto(steps);
    server.set({ run: { site: 'third' } });
    await later.locator('#run-head', { hasText: 'third' }).waitFor();
    expect(await later.locator('#trouble').textContent()).toBe(SILENT);
  });

  test('says nothing more once somebody answers again, and shows what only they know, though nothing has changed', async () => {
    const server = new MadeUpServer();
    server.set({ silent: SILENT });
    const { page, address } = await openMadeUpRoom(server);
    await page.goto(new URL(`runs/${server.run.runId}/plan`, address).href);
    await page.locator('#trouble', { hasText: SILENT }).waitFor();
    expect(await page.locator('.plan').count()).toBe(0);
    server.set({ silent: null });
    await page.locator('#trouble').waitFor({ state: 'hidden' });
    await page.locator('.plan').waitFor();
  });
});
