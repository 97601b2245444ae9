import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import { expect, onTestFinished, test } from 'vitest';
import { HttpBrowser, type Answer } from './http-browser.ts';
import { folder, openRoom, writeSettings } from './sign-in-room.ts';

/* Against a real provider of OpenID Connect on loopback, with the pages that it brings for trying. */

const GROUPS: Readonly<Record<string, unknown>> = {
  alice: ['ssis-operators', 'ssis-approvers', 'others'],
  bob: 'ssis-viewers',
  eve: ['others'],
  'eve\nroot': ['ssis-approvers'],
};

interface Tried {
  readonly room: string;
  readonly issuer: string;
  readonly directory: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether groups stand in the token, or are told only when they are asked for. */
async function startProvider(room: string, conformIdTokenClaims: boolean, port: number): Promise<string> {
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ssis-ha',
        client_secret: 'a secret of the client',
        redirect_uris: [`${room}sign-in/callback`],
        post_logout_redirect_uris: [`${room}sign-in`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims,
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: GROUPS[id] }),
    }),
  });
  const answer = provider.callback();
  const http: Server = createServer((request, response) => void answer(request, response));
  await once(http.listen(port, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    http.close();
    http.closeAllConnections();
  });
  return issuer;
}

async function tried({ isInToken = true, roles = {} } = {}): Promise<Tried> {
  const directory = folder();
  const port = await freePort();
  const room = `http://127.0.0.1:${port}/`;
  const issuer = await startProvider(room, !isInToken, await freePort());
  writeFileSync(join(directory, 'client-secret'), 'a secret of the client\n', { mode: 0o600 });
  writeSettings(directory, {
    openIdConnect: {
      issuer,
      clientId: 'ssis-ha',
      clientSecret: 'file:client-secret',
      roles: {
        claim: 'groups',
        viewer: ['ssis-viewers'],
        operator: ['ssis-operators'],
        approver: ['ssis-approvers'],
        ...roles,
      },
    },
  });
  await openRoom(directory, port);
  return { room, issuer, directory };
}

/** The form of a page of the provider, sent with what somebody would have typed. */
async function sent(browser: HttpBrowser, { text, url }: Answer, typed: object): Promise<Answer> {
  const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1] ?? '';
  const hidden = [...text.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  const form = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return browser.open(new URL(action, url).href, { form: { ...form, ...typed } });
}

/** Signs in at the provider, and consents to what the control room may know. */
async function signedIn(browser: HttpBrowser, room: string, login: string, to = '/'): Promise<Answer> {
  return throughProvider(
    browser,
    await browser.open(`${room}sign-in/begin?to=${encodeURIComponent(to)}`),
    login,
  );
}

/** Answers what the provider asks, until it leads back. */
async function throughProvider(browser: HttpBrowser, asked: Answer, login: string): Promise<Answer> {
  let answer = asked;
  for (let asks = 0; asks < 4 && /name="(prompt|xsrf)"/.test(answer.text); asks += 1)
    answer = await sent(browser, answer, { login, password: 'any' });
  return answer;
}

test('who has a mapped group signs in at the provider and is led to the page that was asked for', async () => {
  const { room } = await tried();
  const browser = new HttpBrowser();
  const door = await browser.open(`${room}?q=sample`);
  expect(new URL(door.url).pathname).toBe('/sign-in');
  const begin = /href="(\/sign-in\/begin[^"]*)"/.exec(door.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const to = new URL(begin, room).searchParams.get('to') ?? '';
  const page = await signedIn(browser, room, 'alice', to);
  expect(page.url).toBe(`${room}?q=sample`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('title="operator, approver"');
  expect(page.text).toContain('>alice<');
});

test('groups that the provider keeps out of the token are asked for', async () => {
  const { room } = await tried({ isInToken: false });
  const page = await signedIn(new HttpBrowser(), room, 'bob');
  expect(page.text).toContain('title="viewer"');
});

test('who has no mapped group is not let in, and is told why', async () => {
  const { room } = await tried();
  const browser = new HttpBrowser();
  const refused = await signedIn(browser, room, 'eve');
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('eve has no role here: the claim groups maps to no role.');
  expect((await browser.ask(room)).headers.location).toBe('/sign-in');
  expect(refused.text).toContain('Sign in as somebody else');
  const anew = await browser.open(`${room}sign-in/begin?to=%2F&anew=1`);
  expect((await throughProvider(browser, anew, 'bob')).text).toContain('>bob<');
});

test('a name with a line break in it is nobody’s', async () => {
  const { room } = await tried();
  const refused = await signedIn(new HttpBrowser(), room, 'eve\nroot');
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('no name that can be shown');
});

test('an answer of the provider is taken once, in the browser that asked for it, and with its own state', async () => {
  const { room } = await tried();
  const mine = new HttpBrowser();
  const asked = await mine.open(`${room}sign-in/begin`);
  let answer = await mine.ask(new URL(/action="([^"]+)"/.exec(asked.text)?.[1] ?? '', asked.url).href, {
    form: { prompt: 'login', login: 'alice', password: 'any' },
  });
  while (!answer.text.includes('name="prompt" value="consent"'))
    answer = await mine.ask(new URL(answer.headers.location ?? '', answer.url).href);
  answer = await mine.ask(new URL(/action="([^"]+)"/.exec(answer.text)?.[1] ?? '', answer.url).href, {
    form: { prompt: 'consent' },
  });
  while (!(answer.headers.location ?? '').startsWith(room))
    answer = await mine.ask(new URL(answer.headers.location ?? '', answer.url).href);
  const callback = answer.headers.location ?? '';

  expect((await new HttpBrowser().ask(callback)).status).toBe(401);
  expect((await mine.ask(callback)).headers.location).toBe('/');
  expect((await mine.ask(callback)).status).toBe(401);
  const other = new HttpBrowser();
  await other.ask(`${room}sign-in/begin`);
  expect((await other.ask(callback)).status).toBe(401);
});

test('what an errand leads to is never another server', async () => {
  const { room } = await tried();
  expect((await signedIn(new HttpBrowser(), room, 'alice', '//evil.example/x')).url).toBe(room);
});

test('sign-out ends the session here, also for a copy of the cookie, and leads to the provider’s own', async () => {
  const { room, issuer } = await tried();
  const browser = new HttpBrowser();
  await signedIn(browser, room, 'alice');
  const copied = browser.cookiesFor(new URL(room));
  const left = await browser.ask(`${room}sign-out`, { form: {} });
  expect((await browser.ask(room)).status).toBe(303);
  expect((await new HttpBrowser().ask(room, { headers: { cookie: copied } })).status).toBe(303);
  const leaving = /content="0; url=([^"]+)"/.exec(left.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(leaving.startsWith(`${issuer}/session/end?`)).toBe(true);
  const confirm = await browser.open(leaving);
  const home = await sent(browser, confirm, { logout: 'yes' });
  expect(home.url).toBe(`${room}sign-in`);
});

test('a mapping that was changed ends the sessions that began by the old one', async () => {
  const { room, directory, issuer } = await tried();
  const browser = new HttpBrowser();
  await signedIn(browser, room, 'alice');
  expect((await browser.ask(room)).status).toBe(200);
  const roles = { claim: 'groups', viewer: ['others'] };
  writeSettings(directory, { openIdConnect: { issuer, clientId: 'ssis-ha', roles } });
  expect((await browser.ask(await openRoom(directory))).status).toBe(303);
});

test('a provider that is not there is told of, and asked again at the next try', async () => {
  const directory = folder();
  const port = await freePort();
  const roles = { claim: 'groups', viewer: ['ssis-viewers'] };
  const providerPort = await freePort();
  const issuer = `http://127.0.0.1:${providerPort}`;
  writeSettings(directory, { openIdConnect: { issuer, clientId: 'ssis-ha', roles } });
  const room = await openRoom(directory, port);
  const refused = await new HttpBrowser().ask(`${room}sign-in/begin`);
  expect(refused.status).toBe(502);
  expect(refused.text).toContain('(ECONNREFUSED). Try again.');
  await startProvider(room, false, providerPort);
  expect((await new HttpBrowser().ask(`${room}sign-in/begin`)).headers.location).toContain(`${issuer}/auth?`);
});

test('who asks under another name of this machine is led to the one that the provider knows', async () => {
  const { room } = await tried();
  const localhost = room.replace('127.0.0.1', 'localhost');
  const led = await new HttpBrowser().ask(`${localhost}sign-in/begin`, { through: room });
  expect(led.headers.location).toBe(`${room}sign-in/begin`);
});
