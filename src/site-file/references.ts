import { dirname, resolve } from 'node:path';
import type { Json } from '../../workflows/contract.ts';

/** Keys of references to files that hold no secret of their own. */
const NO_SECRET: ReadonlySet<string> = new Set(['authorities', 'writePfx', 'pfx']);

/** The site with each `file:` reference made absolute against the folder of its file. */
export function withAbsoluteFiles(data: unknown, siteFile: string): Json {
  const folder = dirname(siteFile);
  return mapTexts(data, (text) => absoluteReference(text, folder));
}

/** A `file:` reference made absolute against a folder; every other text as it is. */
export function absoluteReference(text: string, folder: string): string {
  return text.startsWith('file:') ? `file:${absolute(text.slice(5), folder)}` : text;
}

/** The references to secrets in a site, each once. */
export function referencesOf(site: Json): readonly string[] {
  const found = new Set<string>();
  collect(site, '', found);
  return [...found];
}

function collect(value: Json, key: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if (/^(env|file):/.test(value) && !NO_SECRET.has(key)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const entry of value) collect(entry, key, found);
  } else if (value !== null && typeof value === 'object') {
    for (const [name, entry] of Object.entries(value)) collect(entry, name, found);
  }
}

/** A path of a Windows host is whole already, also where this program runs on another system. */
function absolute(path: string, folder: string): string {
  return /^([A-Za-z]:[\\/]|\\\\)/.test(path) ? path : resolve(folder, path);
}

/** The same document with each text changed. */
export function mapTexts(value: unknown, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
  if (value === null || typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapTexts(entry, change)]));
}
