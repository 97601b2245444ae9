import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { freePort } from '../../src/temporal/free-ports.ts';
import { signInLink } from '../../src/web/sign-in/link.ts';
import type { Role } from '../../src/web/visitor.ts';
import { openRealEstate, type RealEstate } from '../run/real-estate.ts';
import { openBrowser } from './browser.ts';
import { PASSWORD, people, writeSettings } from './sign-in-room.ts';

/** A control room beside a lab, as `ssis-ha up` serves it, and browsers that visit it. */
export interface ControlRoomAtWork {
  readonly estate: RealEstate;
  /** With a slash at its end. */
  readonly address: string;
  /** Somebody in a browser of their own, signed in: by name where the room has people, else the folder's owner. */
  readonly visit: (path?: string, options?: Visiting) => Promise<Page>;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

interface Visiting extends BrowserContextOptions {
  readonly as?: string;
}

interface Wish {
  /** Who signs in by password; left out, the owner of the folder does by a link. */
  readonly people?: Readonly<Record<string, readonly Role[]>>;
  /** Parts of the sample site that matter. */
  readonly site?: Record<string, unknown>;
  readonly pace?: number;
  readonly scenarios?: readonly string[];
}

export async function openControlRoom({
  site,
  pace,
  scenarios,
  people: members,
}: Wish = {}): Promise<ControlRoomAtWork> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const controlRoom = { port, address, owner: 'owner' };
  const prepare = members === undefined ? {} : { prepare: (directory: string) => letIn(directory, members) };
  const estate = await openRealEstate(site, pace, {
    controlRoom,
    ...(scenarios && { scenarios }),
    ...prepare,
  });
  const browser = await openBrowser();
  return {
    estate,
    address,
    browser,
    async visit(path = '', { as, ...options } = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      if (as === undefined) await page.goto(signInLink(address, estate.directory));
      else await signIn(page, address, as);
      if (path !== '') await page.goto(new URL(path, address).href);
      return page;
    },
    async close() {
      await browser.close();
      await estate.close();
    },
  };
}

async function letIn(directory: string, roles: NonNullable<Wish['people']>): Promise<void> {
  await people(directory, roles);
  writeSettings(directory, { users: 'users.yaml' });
}

async function signIn(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(address);
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
