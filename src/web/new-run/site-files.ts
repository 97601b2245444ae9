import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readUpState } from '../../up/state.ts';
import { readYaml } from '../../site-file/yaml-text.ts';
import { withAbsoluteReferences } from '../../site-file/absolute-references.ts';

/** Site files that can be picked by their paths, and where a text that somebody pasted is kept. */
export class SiteFiles {
  private readonly directory: string;

  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  /** That of the folder's `up`, those of the folder, and those that were kept here. */
  get known(): readonly string[] {
    return this.places.filter((path) => this.isOffered(path));
  }

  /** The text of a file that may be picked; null for every other: no page reads what it is not offered. */
  read(path: string): string | null {
    return this.isOffered(path) ? readFileSync(path, 'utf8') : null;
  }

  /** From where the references of a text count: the file that it was picked from, else the folder itself. */
  pathOf(picked: string): string {
    return this.isOffered(picked) ? picked : join(this.directory, 'pasted.yaml');
  }

  /** Keeps the text of a site that is started, where the file that it came from says otherwise. Answers its path. */
  keep(text: string, picked: string, site: string): string {
    if (this.read(picked) === text) return picked;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${site}.yaml`);
    writeFileSync(`${path}.new`, withAbsoluteReferences(text, this.pathOf(picked)), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return path;
  }

  /** The folder may hold other files too, among them those with the hashes of everybody's passwords. */
  private isOffered(path: string): boolean {
    return this.places.includes(path) && (path === this.used || isSiteFile(path));
  }

  private get places(): readonly string[] {
    const found = [this.directory, this.folder].flatMap(yamlFilesIn);
    return [...new Set([...(this.used === null ? [] : [this.used]), ...found])];
  }

  private get used(): string | null {
    return readUpState(this.directory)?.site ?? null;
  }

  private get folder(): string {
    return join(this.directory, 'sites');
  }
}

/** Whether it names a site; it may be full of faults. */
function isSiteFile(path: string): boolean {
  try {
    const { data } = readYaml(readFileSync(path, 'utf8'));
    return typeof data === 'object' && data !== null && 'site' in data;
  } catch {
    return false;
  }
}

function yamlFilesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    return names.toSorted().map((name) => join(folder, name));
  } catch {
    return [];
  }
}
