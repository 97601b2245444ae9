import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, originsOf } from '../../src/web/settings/addresses.ts';
import { examineSettings, readSettings } from '../../src/web/settings/settings.ts';
import { folder, writeSettings } from './sign-in-room.ts';

/* control-room.yaml: what it may say, and all that is wrong with it. */

function faultsOf(settings: unknown): readonly string[] {
  const directory = folder();
  writeSettings(directory, settings);
  return examineSettings(directory).faults.map(({ path, message }) => `${path}: ${message}`);
}

const TLS = { key: 'key.pem', certificate: 'certificate.pem' };
const PROVIDER = {
  issuer: 'https://login.contoso.example/realms/dba',
  clientId: 'ssis-ha',
  roles: { claim: 'groups', viewer: ['dba'] },
};
const PUBLIC = 'https://ssis.contoso.example';

test('without a file it listens on loopback, for whoever opens its link', () => {
  const settings = readSettings(folder());
  expect(settings.listen).toEqual({ address: '127.0.0.1', port: null });
  expect(settings.people).toEqual({ by: 'link' });
  expect(addressOf(settings, 8380)).toBe('http://127.0.0.1:8380/');
});

test('an empty file sets nothing', () => {
  const directory = folder();
  writeFileSync(join(directory, 'control-room.yaml'), '# nothing yet\n');
  expect(readSettings(directory).people.by).toBe('link');
});

test.each([
  [{ users: 'users.yaml' }],
  [{ listen: { address: '::1', port: 9000 }, openIdConnect: PROVIDER }],
  [{ listen: { address: '0.0.0.0' }, tls: TLS, users: 'users.yaml', publicAddress: PUBLIC }],
  [
    {
      proxy: { addresses: ['127.0.0.1', '10.0.0.0/8'] },
      users: 'users.yaml',
      publicAddress: `${PUBLIC}:8443/`,
    },
  ],
  [{ publicAddress: 'http://localhost:9999', sessionHours: 0.5 }],
  [
    {
      openIdConnect: {
        ...PROVIDER,
        issuer: 'http://127.0.0.1:8080/realms/dba',
        clientSecret: 'env:OIDC_SECRET',
      },
    },
  ],
])('this may be said: %j', (settings) => {
  expect(faultsOf(settings)).toEqual([]);
});

test.each([
  [
    { listen: { address: '0.0.0.0' }, users: 'users.yaml', publicAddress: PUBLIC },
    'name tls with key and certificate, or the proxy',
  ],
  [
    { listen: { address: '10.20.31.5' }, tls: TLS, publicAddress: PUBLIC },
    'name users or openIdConnect, so that each signs in by name',
  ],
  [
    { listen: { address: '10.20.31.5' }, tls: TLS, users: 'u' },
    'publicAddress: is missing: it is the only name',
  ],
  [{ proxy: { addresses: ['10.0.0.1'] } }, 'publicAddress: is missing: behind a proxy'],
  [
    { proxy: { addresses: ['proxy.contoso.example'] }, publicAddress: PUBLIC },
    'is not an IP address or a network',
  ],
  [{ proxy: { addresses: ['10.0.0.0/33'] }, publicAddress: PUBLIC }, 'is not an IP address or a network'],
  [{ proxy: { addresses: [] }, publicAddress: PUBLIC }, 'proxy.addresses: must not be empty'],
  [{ tls: TLS, proxy: { addresses: ['10.0.0.1'] }, publicAddress: PUBLIC }, 'stands beside tls'],
  [{ users: 'u', openIdConnect: PROVIDER }, 'stands beside users'],
  [{ publicAddress: PUBLIC }, 'is https: name tls or the proxy that speaks it'],
  [{ tls: TLS, publicAddress: 'http://ssis.contoso.example' }, 'is http: with tls or a proxy it is https'],
  [{ publicAddress: 'http://ssis.contoso.example' }, 'is http, which anybody on the way can read'],
  [{ tls: TLS, publicAddress: `${PUBLIC}/ssis` }, 'cannot live below a path'],
  [{ tls: TLS, publicAddress: 'https://me:secret@ssis.contoso.example' }, 'holds a name or a password'],
  [{ publicAddress: 'javascript:alert(1)' }, 'is not a web address'],
  [
    { openIdConnect: { ...PROVIDER, issuer: 'http://login.contoso.example' } },
    'openIdConnect.issuer: is http',
  ],
  [{ openIdConnect: { ...PROVIDER, scopes: ['profile'] } }, 'lacks openid'],
  [{ openIdConnect: { ...PROVIDER, roles: { claim: 'groups' } } }, 'nobody could come in'],
  [
    { openIdConnect: { ...PROVIDER, clientSecret: 'hunter2hunter2' } },
    'is not a reference: write env:NAME or file:PATH',
  ],
  [
    { openIdConnect: { ...PROVIDER, roles: { claim: 'groups', approvers: ['dba'] } } },
    'did you mean approver?',
  ],
  [{ lissten: {} }, 'did you mean listen?'],
  [{ sessionHours: 1000 }, 'is more than 168'],
  [['a list'], 'the file holds no map of keys and values'],
])('this may not: %j', (settings, fault) => {
  const faults = faultsOf(settings);
  expect(faults.join('\n')).toContain(fault);
  expect(faults.join('\n')).not.toContain('hunter2');
  expect(faults.join('\n')).not.toContain('me:secret');
});

test('all that is wrong is told at once, each at its place', () => {
  const directory = folder();
  const file = join(directory, 'control-room.yaml');
  writeFileSync(
    file,
    'listen: { address: 0.0.0.0, port: 0 }\ntls:\n  key: 3\nsessionHours: no\npublicAddress: https://a.example/b\n',
  );
  expect(() => readSettings(directory)).toThrow(
    [
      'The settings of the control room have 5 faults:',
      `  ${file}:1:35 listen.port: 0 is no TCP port`,
      `  ${file}:2:1 tls.certificate: is missing`,
      `  ${file}:3:8 tls.key: must be text; put it in quotes if it looks like something else`,
      `  ${file}:4:15 sessionHours: must be a number`,
      `  ${file}:5:16 publicAddress: has more than a host and a port: the control room cannot live below a path`,
    ].join('\n'),
  );
  const places = examineSettings(directory).faults.map(({ line, path }) => `${line} ${path}`);
  expect(places).toEqual([
    '1 listen.port',
    '2 tls.certificate',
    '3 tls.key',
    '4 sessionHours',
    '5 publicAddress',
  ]);
});

test('files are those beside the settings, and a secret is never among what is told of them', () => {
  const directory = folder();
  writeSettings(directory, { openIdConnect: { ...PROVIDER, clientSecret: 'file:secrets/oidc' }, tls: TLS });
  const { tls, people } = readSettings(directory);
  expect(tls?.key).toBe(join(directory, 'key.pem'));
  expect(people).toMatchObject({ provider: { clientSecret: `file:${join(directory, 'secrets/oidc')}` } });
});

test('where others reach it, it has one name; on loopback those of this machine', () => {
  const directory = folder();
  writeSettings(directory, { listen: { address: '::' }, tls: TLS, users: 'u', publicAddress: PUBLIC });
  expect(originsOf(readSettings(directory), 8443)).toEqual([PUBLIC]);
  expect(originsOf(readSettings(folder()), 80)).toContain('http://localhost');
  writeSettings(directory, { listen: { address: '::1' } });
  expect(addressOf(readSettings(directory), 8380)).toBe('http://[::1]:8380/');
});
