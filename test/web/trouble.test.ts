import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUpState } from '../../src/up/state.ts';
import { chromiumPath } from './browser.ts';
import { ROLES } from '../../src/web/visitor.ts';
import { openControlRoom, type ControlRoomAtWork } from './control-room-at-work.ts';

const HOSTILE = '<img src=x onerror="document.title=1">${1}\'"&';

describe.skipIf(chromiumPath === null)('the page of a run', () => {
  let room: ControlRoomAtWork;
  let path: string;

  beforeAll(async () => {
    room = await openControlRoom({
      site: { change: { ticket: HOSTILE, owner: HOSTILE, contact: 'x' } },
      people: { ann: ROLES, bob: ROLES, vic: ['viewer'] },
    });
    const run = await room.estate.start('perform', HOSTILE);
    await room.estate.untilAsked(run, () => true);
    path = `runs/${(await room.estate.progress(run)).runId}/steps`;
  }, 120_000);
  afterAll(() => room?.close());

  test('takes the answer of the faster of two people, and tells the other why not', async () => {
    const pages = await Promise.all([room.visit(path, { as: 'ann' }), room.visit(path, { as: 'bob' })]);
    const gate = 'article.question:has-text("NODE-A") button[value=approve]';
    const answers = await Promise.all(
      pages.map(async (page) => {
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.url().endsWith('/answer')),
          page.locator(gate).click(),
        ]);
        return answer.status();
      }),
    );
    expect(answers.toSorted((one, other) => one - other)).toEqual([303, 409]);
    const faster = answers.indexOf(303) === 0 ? 'ann' : 'bob';
    const late = pages[answers.indexOf(409)];
    await late?.getByRole('alert').filter({ hasText: faster }).waitFor();
  });

  test('links to each question, and tells there who answered it and how', async () => {
    const page = await room.visit('', { as: 'ann' });
    await page.locator('.waiting a', { hasText: 'clustering feature' }).first().click();
    await page.getByLabel('Reason (needed to reject)').fill('the window is over');
    await page.locator('article.question button[value=reject]').click();
    await page.waitForURL(`**/${path}`);
    const stuck = page.locator('article.question:has(button[value=retry])').first();
    expect(await stuck.locator('label').textContent()).toBe('Reason');
    await page.goBack();
    await page.reload();
    expect(await page.locator('main').textContent()).toContain('This question is not open any more.');
    expect(await page.locator('main').textContent()).toContain('ann said reject (the window is over)');
  });

  test('shows who may only look what they may not do, and why', async () => {
    const page = await room.visit(path, { as: 'vic' });
    const gate = page.locator('article.question').first();
    await gate.waitFor();
    expect(await gate.locator('button[name=verdict]:enabled').count()).toBe(0);
    expect(await gate.textContent()).toMatch(/needs the role \w+, and vic has the role viewer/);
  });

  test('shows what a site or a person says as text, whatever it is', async () => {
    const page = await room.visit(path, { as: 'bob' });
    await page.getByText(HOSTILE).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toContain('sample');
  });

  test('says that the connection is lost, and goes on by itself once it is back', async () => {
    const page = await room.visit(path, { as: 'bob' });
    await page.locator('article.question').first().waitFor();
    const pid = readUpState(room.estate.directory)?.processes.controlRoom ?? 0;
    process.kill(pid, 'SIGKILL');
    const trouble = page.locator('#trouble', { hasText: 'The connection is lost' });
    await trouble.waitFor();
    await trouble.waitFor({ state: 'hidden', timeout: 60_000 });
    expect(readUpState(room.estate.directory)?.processes.controlRoom).not.toBe(pid);
  });

  test('can be used without scripts: its forms are posted, and nothing is loaded under the hands of who writes', async () => {
    const page = await room.visit(path, { as: 'bob', javaScriptEnabled: false });
    await page.locator('article.question button[value=approve]').first().click();
    await page.waitForURL(`**/${path}`);
    expect(await page.locator('article.question').count()).toBeGreaterThan(0);
    expect(await page.content()).not.toContain('http-equiv="refresh"');
    expect(await page.getByRole('link', { name: 'load the page again' }).getAttribute('href')).toContain(
      path,
    );
  });
});
