import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readUpState } from '../../up/state.ts';
import { withAbsoluteReferences } from '../../site-file/absolute-references.ts';

/** Site files that can be picked by their paths, and where a text that somebody pasted is kept. */
export class SiteFiles {
  private readonly directory: string;

  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  /** That of the folder's `up`, those of the folder, and those that were kept here. */
  get known(): readonly string[] {
    const used = readUpState(this.directory)?.site ?? null;
    const found = [this.directory, this.folder].flatMap(yamlFilesIn);
    return [...new Set([...(used === null ? [] : [used]), ...found])];
  }

  /** The text of a file that may be picked; null for every other: no page reads what it is not offered. */
  read(path: string): string | null {
    return this.known.includes(path) ? readFileSync(path, 'utf8') : null;
  }

  /** From where the references of a text count: the file that it was picked from, else the folder here. */
  pathOf(picked: string): string {
    return this.known.includes(picked) ? picked : join(this.folder, 'pasted.yaml');
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

  private get folder(): string {
    return join(this.directory, 'sites');
  }
}

function yamlFilesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name) && name !== 'control-room.yaml');
    return names.toSorted().map((name) => join(folder, name));
  } catch {
    return [];
  }
}
