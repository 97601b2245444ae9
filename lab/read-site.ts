import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { siteSchema, type Site } from '../activities/site.ts';

/** The site that the estate is built for, and the values that its secret references stand for. */
export interface LabSite {
  readonly site: Site;
  /** The value behind a reference, as the accounts of this estate have it; empty where there is none. */
  readonly secret: (reference: string | null | undefined) => string;
  /** Where the agents look for the authorities that they trust; null where they trust those of their machine. */
  readonly authorities: string | null;
}

export function readLabSite(file: string): LabSite {
  const site = siteSchema.parse(parse(readFileSync(file, 'utf8')));
  const folder = dirname(resolve(file));
  const { authorities } = site.tls;
  return {
    site,
    secret: (reference) => valueOf(reference, folder),
    authorities: authorities === undefined ? null : resolve(folder, authorities.replace(/^file:/, '')),
  };
}

function valueOf(reference: string | null | undefined, folder: string): string {
  if (!reference) return '';
  if (reference.startsWith('env:')) return process.env[reference.slice(4)] ?? '';
  try {
    return readFileSync(resolve(folder, reference.replace(/^file:/, '')), 'utf8').split(/\r?\n/)[0] ?? '';
  } catch {
    return '';
  }
}
