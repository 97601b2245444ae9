import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Page, Request } from 'playwright-core';
import { OperatorError } from '../../src/failures.ts';
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

  test('connects again after somebody else said in its place that nobody is there', async () => {
    const server = new MadeUpServer();
    const { page, ...room } = await openMadeUpRoom(server);
    await page.goto(new URL(`runs/${server.run.runId}/steps`, room.address).href);
    await page.locator('#run-head', { hasText: 'sample' }).waitFor();
    await room.close();
    const proxy = await proxyWithoutRoom(room.address);
    await proxy.asked;
    await page.locator('#trouble', { hasText: 'The connection is lost' }).waitFor();
    await proxy.close();
    await room.openAgain();
    server.set({ run: { site: 'other' } });
    await page.locator('#run-head', { hasText: 'other' }).waitFor();
    expect(await page.locator('#trouble').isVisible()).toBe(false);
  });

  test('never takes runs that cannot be listed for none, and says that the list is old', async () => {
    const server = new MadeUpServer();
    const { page, ...room } = await openMadeUpRoom(server);
    const { list } = server;
    const row = page.locator('tr[id^=run-]', { hasText: 'sample' });
    const trouble = page.locator('#trouble', { hasText: 'The server is away. What is shown may be old.' });
    await row.waitFor();
    server.list = () => Promise.reject(new OperatorError('The server is away', 'Wait.'));
    await trouble.waitFor();
    await room.close();
    await page.locator('#trouble', { hasText: 'The connection is lost' }).waitFor();
    await room.openAgain();
    await trouble.waitFor();
    expect(await row.isVisible()).toBe(true);
    server.list = list;
    await page.locator('#trouble').waitFor({ state: 'hidden' });
  });

  test('leaves its connection to others while nobody sees it', async () => {
    const server = new MadeUpServer();
    const { page, address } = await openMadeUpRoom(server);
    const isLive = (request: Request) => request.url().includes('/live');
    await page.goto(new URL(`runs/${server.run.runId}/steps`, address).href);
    await page.locator('#run-head', { hasText: 'sample' }).waitFor();
    const left = page.waitForEvent('requestfailed', isLive);
    await become(page, 'hidden');
    await left;
    const asked = page.waitForRequest(isLive);
    await become(page, 'visible');
    await asked;
    server.set({ run: { site: 'other' } });
    await page.locator('#run-head', { hasText: 'other' }).waitFor();
    expect(await page.locator('#trouble').isVisible()).toBe(false);
  });

  test('gives up, and says so, once its reader is signed out', async () => {
    const server = new MadeUpServer();
    const { page, ...room } = await openMadeUpRoom(server);
    await page.goto(new URL(`runs/${server.run.runId}/steps`, room.address).href);
    await page.locator('#run-head', { hasText: 'sample' }).waitFor();
    await page.context().clearCookies();
    await room.close();
    await room.openAgain();
    await page.locator('#trouble', { hasText: 'not live any more' }).waitFor();
    expect(await page.locator('#trouble').isVisible()).toBe(true);
  });
});

/** As a browser tells a page that another one was brought before it; one without a screen shows all. */
function become(page: Page, state: 'hidden' | 'visible'): Promise<unknown> {
  return page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}

/** What stands before a control room that is away: it answers 502 in its place. */
async function proxyWithoutRoom(address: string) {
  const { hostname, port } = new URL(address);
  const proxy = createServer((_request, response) => response.writeHead(502).end());
  await once(proxy.listen(Number(port), hostname), 'listening');
  return {
    asked: once(proxy, 'request'),
    async close() {
      proxy.close();
      proxy.closeAllConnections();
      await once(proxy, 'close');
    },
  };
}
