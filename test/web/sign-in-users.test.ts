import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOf } from '../../src/web/sign-in/password-hash.ts';
import { UsersFile } from '../../src/web/sign-in/users-file.ts';
import { HttpBrowser, type Answer } from './http-browser.ts';
import { folder, openRoom, PASSWORD, people, writeSettings } from './sign-in-room.ts';

/* By name and password, through HTTP. */

interface Tried {
  readonly room: string;
  readonly directory: string;
  readonly users: UsersFile;
  readonly browser: HttpBrowser;
}

async function tried(): Promise<Tried> {
  const directory = folder();
  const users = await people(directory, {
    alice: ['operator', 'approver'],
    'CONTOSO\\dba-1': ['viewer'],
    '<b>eve</b>': ['viewer'],
  });
  writeSettings(directory, { users: 'users.yaml' });
  return { room: await openRoom(directory), directory, users, browser: new HttpBrowser() };
}

function signIn(
  { room, browser }: Pick<Tried, 'room' | 'browser'>,
  typed: Readonly<Record<string, string>>,
): Promise<Answer> {
  return browser.ask(`${room}sign-in`, { form: { name: 'alice', password: PASSWORD, ...typed } });
}

test('who signs in by name and password is led to the page that was asked for', async () => {
  const there = await tried();
  const { room, browser } = there;
  const door = await browser.open(`${room}?q=a%20b`);
  const to = /name="to" value="([^"]*)"/.exec(door.text)?.[1] ?? '';
  expect((await signIn(there, { to })).headers.location).toBe('/?q=a%20b');
  const page = await browser.ask(room);
  expect(page.status).toBe(200);
  expect(page.text).toContain('title="operator, approver"');
  expect((await browser.ask(`${room}sign-in?to=/runs/x`)).headers.location).toBe('/runs/x');
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/.//evil.example',
  '/sign-out',
  '\r\nSet-Cookie: a=b',
])('the page that was asked for is one of this server: %j is not', async (to) => {
  expect((await signIn(await tried(), { to })).headers.location).toBe('/');
});

test('the name is found in capitals too, and is kept as the file writes it', async () => {
  const there = await tried();
  await signIn(there, { name: 'contoso\\DBA-1' });
  expect((await there.browser.ask(there.room)).text).toContain('>CONTOSO\\dba-1<');
});

test('a name with marks in it is shown as text', async () => {
  const there = await tried();
  await signIn(there, { name: '<b>eve</b>' });
  const { text } = await there.browser.ask(there.room);
  expect(text).toContain('&lt;b&gt;eve&lt;/b&gt;');
  expect(text).not.toContain('<b>eve');
});

test('a wrong password and a name that nobody has get the same answer', async () => {
  const there = await tried();
  const wrong = await signIn(there, { password: 'not the password' });
  const nobody = await signIn(there, { name: 'nobody' });
  expect([wrong.status, nobody.status]).toEqual([401, 401]);
  expect(nobody.text.replaceAll('nobody', 'alice')).toBe(wrong.text);
  expect(wrong.headers['set-cookie']).toBeUndefined();
});

test('a form that is not whole is refused, and one that is too long is not read', async () => {
  const there = await tried();
  expect((await signIn(there, { name: '' })).status).toBe(400);
  expect((await signIn(there, { password: 'x'.repeat(20_000) })).status).toBe(413);
});

test('a form of another page is refused', async () => {
  const { room, browser } = await tried();
  const form = { name: 'alice', password: PASSWORD };
  const foreign = await browser.ask(`${room}sign-in`, {
    form,
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status).toBe(403);
  expect(foreign.text).toContain('That was not sent by a page of this control room');
  expect((await browser.ask(`${room}sign-in`, { form, headers: { origin: 'null' } })).status).toBe(403);
});

test('roles that were changed hold from the next request on', async () => {
  const there = await tried();
  const { room, browser, users } = there;
  await signIn(there, {});
  const { password } = users.member('alice');
  users.remove('alice');
  users.add({ name: 'alice', roles: ['viewer'], password });
  expect((await browser.ask(room)).text).toContain('title="viewer"');
});

test('the session of somebody who was removed ends at the next request', async () => {
  const there = await tried();
  await signIn(there, {});
  there.users.remove('ALICE');
  expect((await there.browser.ask(there.room)).headers.location).toBe('/sign-in');
});

test('a new password ends the sessions that began with the old one, and holds at once', async () => {
  const there = await tried();
  await signIn(there, {});
  there.users.setPassword('alice', await hashOf('another long password'));
  expect((await there.browser.ask(there.room)).status).toBe(303);
  expect((await signIn(there, {})).status).toBe(401);
  expect((await signIn(there, { password: 'another long password' })).status).toBe(303);
});

test('sign-out ends the session, also for whoever has a copy of the cookie', async () => {
  const there = await tried();
  const { room, browser } = there;
  await signIn(there, {});
  const cookie = browser.cookiesFor(new URL(room));
  expect((await browser.ask(`${room}sign-out`, { form: {} })).headers.location).toBe('/sign-in');
  expect((await new HttpBrowser().ask(room, { headers: { cookie } })).status).toBe(303);
});

test('a cookie that was changed, is of another folder or of another use opens nothing', async () => {
  const [mine, other] = [await tried(), await tried()];
  await signIn(mine, {});
  const session = mine.browser.cookiesFor(new URL(mine.room)).split('; ')[0] ?? '';
  const [name = '', value = ''] = session.split('=');
  const opens = async (room: string, cookie: string) =>
    (await new HttpBrowser().ask(room, { headers: { cookie } })).status === 200;
  expect(await opens(mine.room, session)).toBe(true);
  expect(await opens(mine.room, session.replace('viewer', 'viewed').replace('alice', 'al1ce'))).toBe(false);
  expect(await opens(mine.room, `${name}=${value.slice(0, -3)}AA%3D`)).toBe(false);
  expect(await opens(mine.room, `${name}=%7B%7D`)).toBe(false);
  const known = mine.browser.cookiesFor(new URL(mine.room)).split('; ')[1] ?? '';
  expect(await opens(mine.room, known.replace('-known', ''))).toBe(false);
  await signIn(other, {});
  const theirs = other.browser.cookiesFor(new URL(other.room)).split('; ')[0] ?? '';
  expect(await opens(mine.room, theirs)).toBe(false);
  expect(await opens(mine.room, `${name}=${theirs.split('=')[1]}`)).toBe(false);
});

test('a session ends when its hours are over, whatever its browser thinks', async () => {
  const directory = folder();
  await people(directory, { alice: ['viewer'] });
  writeSettings(directory, { users: 'users.yaml', sessionHours: 1e-9 });
  const there = { room: await openRoom(directory), browser: new HttpBrowser() };
  const answer = await signIn(there, {});
  const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  expect((await new HttpBrowser().ask(there.room, { headers: { cookie } })).status).toBe(303);
});

test('what is sent without a session is not taken, and is told so', async () => {
  const { room, browser } = await tried();
  const referer = `${room}runs/sample/steps`;
  const answer = await browser.ask(`${room}runs/sample/answer`, { form: {}, headers: { referer } });
  expect(answer.status).toBe(401);
  expect(answer.text).toContain('What you sent was not taken.');
  expect(answer.text).toContain('href="/sign-in?to=%2Fruns%2Fsample%2Fsteps"');
  expect((await browser.ask(`${room}runs/x/live`, { headers: { accept: 'text/event-stream' } })).status).toBe(
    401,
  );
});

test('a users file that others can read opens nothing, and the page tells nobody where it is', async () => {
  const there = await tried();
  const { room, browser, users } = there;
  await signIn(there, {});
  chmodSync(users.path, 0o644);
  const answer = await browser.ask(room);
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('Nobody can sign in at present');
  expect(answer.text).not.toContain(users.path);
});

test('a users file with faults is told of before anybody signs in, without what it keeps', async () => {
  const directory = folder();
  const hash = await hashOf(PASSWORD);
  const text = `users:\n  - { name: a, roles: [king], password: '${hash}!' }\n`;
  writeFileSync(join(directory, 'users.yaml'), text, { mode: 0o600 });
  writeSettings(directory, { users: 'users.yaml' });
  const faults = await openRoom(directory).catch((error: unknown) => String(error));
  expect(faults).toContain('users.yaml:2:24 users[0].roles[0]: "king" is none of viewer, operator, approver');
  expect(faults).toContain('users[0].password: is no hash of a password');
  expect(faults).not.toContain(hash.slice(20));
});

test('the link of the folder opens nothing where people have names', async () => {
  const directory = folder();
  const { signInLink } = await import('../../src/web/sign-in/link.ts');
  const before = await openRoom(directory);
  const browser = new HttpBrowser();
  expect((await browser.open(signInLink(before, directory))).status).toBe(200);
  expect((await browser.ask(`${before}sign-in?key=wrong`)).status).toBe(401);
  await people(directory, { alice: ['viewer'] });
  writeSettings(directory, { users: 'users.yaml' });
  const room = await openRoom(directory);
  expect((await new HttpBrowser().open(signInLink(room, directory))).text).toContain('type="password"');
  expect((await browser.ask(room)).status).toBe(303);
});
