import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { siteSchema, type Site } from '../activities/site.ts';
import { beginnings } from '../lab/beginnings/index.ts';

/** A site file that people start from, and the estate that it is written for. */
export interface SampleSite {
  readonly name: string;
  readonly path: string;
  readonly site: Site;
  /** What stands there already; null where the machines are fresh. */
  readonly beginning: string | null;
}

const FOLDER = join(import.meta.dirname, '..', 'docs', 'sites');

export const sampleSites: readonly SampleSite[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const name = file.replace(/\.yaml$/, '');
    const path = join(FOLDER, file);
    return {
      name,
      path,
      site: siteSchema.parse(parse(readFileSync(path, 'utf8'))),
      beginning: beginnings.find((beginning) => beginning.name === name)?.name ?? null,
    };
  });
