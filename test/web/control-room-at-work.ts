import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { freePort } from '../../src/temporal/free-ports.ts';
import { signInLink } from '../../src/web/sign-in/link.ts';
import { openRealEstate, type RealEstate } from '../run/real-estate.ts';
import { openBrowser } from './browser.ts';

/** A control room beside a lab, as `ssis-ha up` serves it, and browsers that visit it. */
export interface ControlRoomAtWork {
  readonly estate: RealEstate;
  /** With a slash at its end. */
  readonly address: string;
  /** The owner of the folder in a browser of their own, signed in. */
  readonly visit: (path?: string, options?: BrowserContextOptions) => Promise<Page>;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

interface Wish {
  /** Parts of the sample site that matter. */
  readonly site?: Record<string, unknown>;
  readonly pace?: number;
  readonly scenarios?: readonly string[];
}

export async function openControlRoom({ site, pace, scenarios }: Wish = {}): Promise<ControlRoomAtWork> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const controlRoom = { port, address, owner: 'owner' };
  const estate = await openRealEstate(site, pace, { controlRoom, ...(scenarios && { scenarios }) });
  const browser = await openBrowser();
  return {
    estate,
    address,
    browser,
    async visit(path = '', options = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(signInLink(address, estate.directory));
      if (path !== '') await page.goto(new URL(path, address).href);
      return page;
    },
    async close() {
      await browser.close();
      await estate.close();
    },
  };
}

/** Says yes to what is asked on the page, until it says that the run has ended so. */
export async function agreeUntil(page: Page, ended: string): Promise<void> {
  const end = page.locator('#run-head .badge', { hasText: new RegExp(`^${ended}$`) });
  const yes = page
    .locator('button[name=verdict][value=approve]:enabled, button[value=retry]:enabled')
    .first();
  for (;;) {
    await end.or(yes).first().waitFor({ timeout: 120_000 });
    if (await end.isVisible()) return;
    // Somebody's click, or the run itself, may take it away under the hand.
    await yes.click({ timeout: 2_000 }).catch(() => undefined);
  }
}
