import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { HttpBrowser } from './http-browser.ts';
import { folder, openRoom, PASSWORD, people, writeSettings } from './sign-in-room.ts';

/* By which doors requests come in: names, TLS, proxies. */

const FORM = { name: 'alice', password: PASSWORD };
const PUBLIC = 'https://ssis.contoso.example/';

async function room(settings: object): Promise<{ readonly directory: string; readonly address: string }> {
  const directory = folder();
  await people(directory, { alice: ['viewer'] });
  writeSettings(directory, { users: 'users.yaml', ...settings });
  return { directory, address: await openRoom(directory) };
}

/** A room behind a proxy on this machine; answers where the proxy reaches it. */
async function behindProxy(): Promise<string> {
  const directory = folder();
  await people(directory, { alice: ['viewer'] });
  const proxy = { addresses: ['127.0.0.1', 'fd00::/8'] };
  const port = await freePort();
  writeSettings(directory, { users: 'users.yaml', proxy, publicAddress: PUBLIC });
  expect(await openRoom(directory, port)).toBe(PUBLIC);
  return `http://127.0.0.1:${port}/`;
}

async function freePort(): Promise<number> {
  const { freePort: any } = await import('../../src/temporal/free-ports.ts');
  return any();
}

/** A certificate for this machine that vouches for itself. */
async function certificate(directory: string): Promise<string> {
  const alg = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(alg, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: alg,
    extensions: [
      new x509.BasicConstraintsExtension(true),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  const key = x509.PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  writeFileSync(join(directory, 'key.pem'), key, { mode: 0o600 });
  writeFileSync(join(directory, 'certificate.pem'), made.toString('pem'));
  return made.toString('pem');
}

test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '10.0.0.1'])(
  'a page that is asked for as %s is not given: its name may only lead here (DNS rebinding)',
  async (host) => {
    const { address } = await room({});
    const answer = await new HttpBrowser().ask(`${address}sign-in`, { headers: { host } });
    expect(answer.status).toBe(421);
    expect(answer.text).toContain(`open ${address}`);
  },
);

test('on loopback it has all names of this machine', async () => {
  const { address } = await room({});
  const { port } = new URL(address);
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    const asked = `http://${name}:${port}/sign-in`;
    expect((await new HttpBrowser().ask(asked, { through: address })).status).toBe(200);
  }
});

test('without TLS it does not claim any: no HSTS, a cookie that plain HTTP may carry', async () => {
  const { address } = await room({});
  const { headers } = await new HttpBrowser().ask(`${address}sign-in`, { form: FORM });
  expect(headers['strict-transport-security']).toBeUndefined();
  expect(headers['set-cookie']?.[0]).toMatch(/^ssis-ha-\w{8}=.*; HttpOnly; SameSite=Lax$/);
});

test('by TLS cookies are for this host alone and never leave TLS, and browsers are told to stay with it', async () => {
  const directory = folder();
  const ca = await certificate(directory);
  await people(directory, { alice: ['viewer'] });
  writeSettings(directory, { users: 'users.yaml', tls: { key: 'key.pem', certificate: 'certificate.pem' } });
  const address = await openRoom(directory);
  expect(address).toMatch(/^https:/);
  const browser = new HttpBrowser(ca);
  const { headers } = await browser.ask(`${address}sign-in`, { form: FORM });
  expect(headers['set-cookie']?.[0]).toMatch(
    /^__Host-ssis-ha-\w{8}=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
  expect((await browser.ask(address)).status).toBe(200);
  const unprefixed = browser.cookiesFor(new URL(address)).replaceAll('__Host-', '');
  const other = await new HttpBrowser(ca).ask(address, { headers: { cookie: unprefixed } });
  expect(other.status).toBe(303);
  const plain = new HttpBrowser(ca).ask(address.replace('https:', 'http:'));
  await expect(plain).rejects.toThrow(/socket hang up|ECONNRESET/);
});

test('a key that is not that of the certificate is told before it listens', async () => {
  const directory = folder();
  await certificate(directory);
  writeFileSync(join(directory, 'key.pem'), 'no key');
  writeSettings(directory, { tls: { key: 'key.pem', certificate: 'certificate.pem' } });
  await expect(openRoom(directory)).rejects.toThrow('are no pair of a key and its certificate');
  writeSettings(directory, { tls: { key: 'none.pem', certificate: 'certificate.pem' } });
  await expect(openRoom(directory)).rejects.toThrow(/none\.pem, which tls names, cannot be read \(ENOENT\)/);
});

test('behind a proxy people sign in under the public address, with its cookies and its forms', async () => {
  const through = await behindProxy();
  const browser = new HttpBrowser();
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
  const signed = await browser.ask(`${PUBLIC}sign-in`, { through, headers, form: { ...FORM, to: '/?q=a' } });
  expect(signed.headers.location).toBe('/?q=a');
  expect(signed.headers['set-cookie']?.[0]).toMatch(/^__Host-/);
  expect(signed.headers['strict-transport-security']).toBe('max-age=31536000');
  expect((await browser.ask(PUBLIC, { through, headers })).status).toBe(200);
  const foreign = { ...headers, origin: 'https://evil.example' };
  expect((await browser.ask(`${PUBLIC}sign-out`, { through, headers: foreign, form: {} })).status).toBe(403);
});

test.each([
  [{}, 400],
  [{ 'x-forwarded-proto': 'http' }, 421],
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }, 421],
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'ssis.contoso.example, evil.example' }, 421],
  [{ 'x-forwarded-proto': 'https', host: 'evil.example' }, 421],
  [{ 'x-forwarded-proto': 'https, http' }, 421],
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example, ssis.contoso.example' }, 200],
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'ssis.contoso.example', host: '127.0.0.1' }, 200],
])('behind a proxy what its last hop says counts: %j is answered by %i', async (headers, status) => {
  const through = await behindProxy();
  expect((await new HttpBrowser().ask(`${PUBLIC}sign-in`, { through, headers })).status).toBe(status);
});

test('a path that begins like the name of another server stays a path', async () => {
  const through = await behindProxy();
  const headers = { 'x-forwarded-proto': 'https' };
  const answer = await new HttpBrowser().ask('https://ssis.contoso.example//evil.example/x', {
    through,
    headers,
  });
  expect(answer.headers.location).toBe('/sign-in');
});

test('who does not come by the named proxy is not served, whatever they forward', async () => {
  const { address } = await room({});
  const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'ssis.contoso.example' };
  const { headers } = await new HttpBrowser().ask(`${address}sign-in`, { headers: forged, form: FORM });
  // Where no proxy is named, nothing that is forwarded is believed.
  expect(headers['set-cookie']?.[0]).toMatch(/^ssis-ha/);
  const directory = folder();
  const port = await freePort();
  await people(directory, { alice: ['viewer'] });
  const proxy = { addresses: ['192.0.2.1', '198.51.100.0/24'] };
  writeSettings(directory, { users: 'users.yaml', proxy, publicAddress: PUBLIC });
  await openRoom(directory, port);
  const through = `http://127.0.0.1:${port}/`;
  const answer = await new HttpBrowser().ask(`${PUBLIC}sign-in`, { through, headers: forged });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain(PUBLIC);
});
