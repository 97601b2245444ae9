import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Site } from '../activities/site.ts';
import type { Json } from '../workflows/contract.ts';
import { Misuse, OperatorError } from './failures.ts';
import { judgeSite } from './site-file/judge-site.ts';
import { referencesOf, withAbsoluteFiles } from './site-file/references.ts';
import type { SiteFault } from './site-file/site-fault.ts';
import { warningsOf } from './site-file/warnings.ts';
import { readYaml } from './site-file/yaml-text.ts';

/** A site file without faults. */
export interface SiteFile {
  /** Absolute. */
  readonly path: string;
  readonly site: Site;
  /** The site as it is given to a run: as written, files named absolutely. */
  readonly request: Json;
  /** Its references to secrets (`env:NAME`, `file:PATH`), files named absolutely. */
  readonly references: readonly string[];
  readonly warnings: readonly SiteFault[];
}

/** What came of looking at a site file: all its faults at once, in their order in the file. */
export interface SiteExamination {
  readonly path: string;
  /** Null where there are faults. */
  readonly file: SiteFile | null;
  readonly faults: readonly SiteFault[];
  readonly warnings: readonly SiteFault[];
}

/** A site file has faults; `faults` tells all of them. */
export class SiteFaults extends OperatorError {
  readonly faults: readonly SiteFault[];

  constructor(path: string, faults: readonly SiteFault[]) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    const lines = faults.map((fault) => `  ${inOneLine(path, fault)}`);
    super(
      [`The site file has ${count}:`, ...lines].join('\n'),
      'Correct the file, then look again: ssis-ha check.',
    );
    this.faults = faults;
  }
}

/** Reads a site file. Throws `SiteFaults` with all its faults, an `OperatorError` when it cannot be read. */
export function readSiteFile(path: string): SiteFile {
  const { file, faults } = examineSiteFile(path);
  if (file === null) throw new SiteFaults(path, faults);
  return file;
}

/** Reads a site file and tells everything that can be said about it. Throws an `OperatorError` when it cannot be read. */
export function examineSiteFile(path: string): SiteExamination {
  return examineSiteText(textOf(path), path);
}

/** Tells everything that can be said about the text of a site file, which may stand in no file yet. */
export function examineSiteText(text: string, path: string): SiteExamination {
  const absolute = resolve(path);
  const yaml = readYaml(text);
  const { site, faults } = judgeSite(yaml);
  const warnings = warningsOf(yaml);
  if (site === null || faults.length > 0) return { path: absolute, file: null, faults, warnings };
  const request = withAbsoluteFiles(yaml.data, absolute);
  const references = referencesOf(request);
  return { path: absolute, file: { path: absolute, site, request, references, warnings }, faults, warnings };
}

/** `site.yaml:12:9 nodes[1].ip: …`, as compilers write it, so that editors find the place. */
export function inOneLine(file: string, { line, column, path, message }: SiteFault): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new Misuse(
      `The site file ${path} ${what}`,
      'Name the file of your site; "ssis-ha init" writes one to begin with.',
    );
  }
}
