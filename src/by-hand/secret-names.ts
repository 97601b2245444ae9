import type { Json } from '../../workflows/contract.ts';

/** What to call each secret when a person is asked for it: where the site file names it. */
export function secretNames(site: Json): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  collect(site, [], names);
  return names;
}

function collect(value: Json, path: readonly string[], names: Map<string, string>): void {
  if (typeof value === 'string') {
    if (/^(env|file):/.test(value) && !names.has(value)) names.set(value, path.join('.'));
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) collect(inner, [...path, name], names);
  }
}
