import { z } from 'zod';
import type { Path } from '../../activities/site-sketch.ts';
import { siteShape } from '../../activities/site.ts';

/**
 * The site file as a JSON Schema, for editors that complete keys and explain them. It says what each part may
 * be; what only holds between parts, `check` says.
 *
 * Source: https://github.com/redhat-developer/yaml-language-server, *Features*: "JSON Schema 7 and below".
 */
export function siteJsonSchema(): Readonly<Record<string, unknown>> {
  return schema;
}

const schema = z.toJSONSchema(siteShape, { io: 'input', target: 'draft-07' });

/** As much of a JSON Schema as is read here. */
export interface SchemaPart {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: boolean | SchemaPart;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly oneOf?: readonly SchemaPart[];
}

/** The keys that a place knows. */
export function keysAt(path: Path, within: SchemaPart = schema as SchemaPart): readonly string[] {
  return formsAt(path, within).flatMap((form) => Object.keys(form.properties ?? {}));
}

export function isKnown(path: Path): boolean {
  return formsAt(path).length > 0;
}

/** Whether a text, a number or the like may stand there. */
export function holdsPlainValue(path: Path): boolean {
  return formsAt(path).some(({ type }) => type !== undefined && type !== 'object' && type !== 'array');
}

/** Every key that means something anywhere. */
export const knownKeys: ReadonlySet<string> = new Set(keysWithin(schema as SchemaPart));

function formsAt(path: Path, within: SchemaPart = schema as SchemaPart): readonly SchemaPart[] {
  let here = formsOf(within);
  for (const part of path) here = here.flatMap((form) => formsBelow(form, part));
  return here;
}

function formsBelow(form: SchemaPart, part: string | number): readonly SchemaPart[] {
  if (typeof part === 'number') return form.items ? formsOf(form.items) : [];
  const { properties = {}, additionalProperties } = form;
  if (Object.hasOwn(properties, part)) return formsOf(properties[part] ?? {});
  return typeof additionalProperties === 'object' ? formsOf(additionalProperties) : [];
}

function formsOf(part: SchemaPart): readonly SchemaPart[] {
  return [part, ...[...(part.anyOf ?? []), ...(part.oneOf ?? [])].flatMap(formsOf)];
}

function keysWithin(part: SchemaPart): readonly string[] {
  const properties = Object.entries(part.properties ?? {});
  const below = [part.items, ...(part.anyOf ?? []), ...(part.oneOf ?? [])].flatMap((inner) => inner ?? []);
  return [
    ...properties.flatMap(([key, inner]) => [key, ...keysWithin(inner)]),
    ...below.flatMap((inner) => keysWithin(inner)),
  ];
}
