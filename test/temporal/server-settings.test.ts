import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configuredServer, resolveServer } from '../../src/temporal/server-settings.ts';
import { temporaryDirectory } from './temporary.ts';

const PROFILES = `
[profile.default]
address = "profile.example:7233"
namespace = "of-the-profile"
[profile.prod]
address = "prod.example:7233"
api_key = "a-key"
`;

test('variables win over the profile, and it is said who named what', async () => {
  const env = {
    TEMPORAL_CONFIG_FILE: await configuration(PROFILES),
    TEMPORAL_ADDRESS: 'variable.example:7233',
  };
  expect(resolveServer({ env })).toMatchObject({
    address: 'variable.example:7233',
    addressFrom: 'TEMPORAL_ADDRESS',
    namespace: 'of-the-profile',
    namespaceFrom: 'the profile "default"',
  });
});

test('an address of the command line wins over both and leaves the rest of the profile as it is', async () => {
  const env = { TEMPORAL_CONFIG_FILE: await configuration(PROFILES), TEMPORAL_PROFILE: 'prod' };
  const settings = resolveServer({ env, address: 'other.example:7233' });
  expect(settings).toMatchObject({ address: 'other.example:7233', addressFrom: 'the command line' });
  expect(settings.options).toMatchObject({ address: 'other.example:7233', apiKey: 'a-key', tls: true });
});

test('nothing of another server is sent to the one that was started here', async () => {
  const env = {
    TEMPORAL_CONFIG_FILE: await configuration(PROFILES),
    TEMPORAL_API_KEY: 'a-key',
    TEMPORAL_NAMESPACE: 'theirs',
  };
  expect(resolveServer({ env, embedded: '127.0.0.1:7000' })).toMatchObject({
    namespace: 'default',
    options: { address: '127.0.0.1:7000' },
  });
  expect(resolveServer({ env, embedded: '127.0.0.1:7000' }).options).not.toHaveProperty('apiKey');
});

test('nobody has configured a server when neither a variable nor a profile names one', async () => {
  const home = await temporaryDirectory();
  expect(configuredServer({ HOME: home, TEMPORAL_ADDRESS: '' })).toBeNull();
  expect(configuredServer({ HOME: home, TEMPORAL_ADDRESS: 'a.example:1' })).toMatchObject({
    address: 'a.example:1',
  });
  expect(resolveServer({ env: { HOME: home } })).toMatchObject({
    address: 'localhost:7233',
    namespace: 'default',
  });
});

test('a configuration file that is not there is an error, not an empty one', () => {
  expect(() => resolveServer({ env: { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' } })).toThrow(
    'there is no file /nowhere/temporal.toml',
  );
});

test('an unknown profile is named', async () => {
  const env = { TEMPORAL_CONFIG_FILE: await configuration(PROFILES), TEMPORAL_PROFILE: 'staging' };
  expect(() => resolveServer({ env })).toThrow("'staging' not found");
});

test('a broken configuration file is reported by its place, without quoting what may be a key', async () => {
  const env = { TEMPORAL_CONFIG_FILE: await configuration('[profile.default]\napi_key = "a-secret-key\n') };
  expect(() => resolveServer({ env })).toThrow(/no valid TOML at line 2, column \d+$/);
  expect(() => resolveServer({ env })).not.toThrow('a-secret-key');
});

async function configuration(text: string): Promise<string> {
  const file = join(await temporaryDirectory(), 'temporal.toml');
  await writeFile(file, text);
  return file;
}
