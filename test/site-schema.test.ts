import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { SITE_TEMPLATE } from '../src/cli/site-template.ts';
import { siteJsonSchema } from '../src/site-file/site-schema.ts';
import { sampleSite } from './site-builder.ts';

const validate = new Ajv({ validateFormats: false, allErrors: true }).compile(siteJsonSchema());

interface Part {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
}

/** Every key at every level, with what an editor shows beside it. */
function keysOf(part: Part, path = ''): readonly (readonly [path: string, description: string])[] {
  const below = [part.items, ...(part.anyOf ?? []), ...(part.oneOf ?? [])].flatMap((inner) => inner ?? []);
  return [
    ...Object.entries(part.properties ?? {}).flatMap(([key, inner]) => [
      [`${path}.${key}`, inner.description ?? ''] as const,
      ...keysOf(inner, `${path}.${key}`),
    ]),
    ...below.flatMap((inner) => keysOf(inner, path)),
  ];
}

function partOf(key: string): object {
  return sampleSite()[key] as object;
}

describe('the JSON Schema of the site file', () => {
  test('is of the draft that the YAML language server reads', () => {
    expect(siteJsonSchema()).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
  });

  test('accepts the template and the sample site', () => {
    expect(validate(parse(SITE_TEMPLATE)) || validate.errors).toBe(true);
    expect(validate(sampleSite()) || validate.errors).toBe(true);
  });

  test('accepts a distinguished name in any spelling, as the product does', () => {
    expect(
      validate(sampleSite({ directory: { ...partOf('directory'), ou: 'ou=SQL,dc=contoso,dc=com' } })),
    ).toBe(true);
  });

  test.each([
    ['a key that means nothing', { colour: 'blue' }],
    ['an edition without a Scale Out Master', { product: { ...partOf('product'), edition: 'Standard' } }],
    ['a single node', { nodes: [{ name: 'NODE-A', ip: '10.10.0.11', first: true }] }],
    ['a password where only its reference may stand', { executionLog: { login: 'sqlLogin', password: 'x' } }],
    ['a witness of no kind', { cluster: { ...partOf('cluster'), witness: { kind: 'tape' } } }],
    ['a part that is not there', { tls: undefined }],
  ])('refuses %s', (_what, parts) => {
    expect(validate(JSON.parse(JSON.stringify(sampleSite(parts))))).toBe(false);
  });

  test('explains every key at every level', () => {
    const keys = keysOf(siteJsonSchema());
    expect(keys.length).toBeGreaterThan(120);
    expect(keys.filter(([, description]) => !/^\S.+\.$/.test(description))).toEqual([]);
  });

  test('names the default of a key that may be left out for one', () => {
    const withDefault = (part: Part & { readonly default?: unknown }): readonly string[] => [
      ...('default' in part && !/Default/.test(part.description ?? '') ? [String(part.description)] : []),
      ...[...Object.values(part.properties ?? {}), part.items, ...(part.anyOf ?? []), ...(part.oneOf ?? [])]
        .flatMap((inner) => inner ?? [])
        .flatMap(withDefault),
    ];
    expect(withDefault(siteJsonSchema() as Part)).toEqual([]);
  });
});
