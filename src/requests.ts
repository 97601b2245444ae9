import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sheetsFor } from '../activities/requests/sheets.ts';
import type { Sheet } from '../activities/requests/sheet.ts';
import { Misuse } from './failures.ts';
import { presentSheet } from './present/sheets.ts';
import type { SiteFile } from './site-file.ts';

/** What became of a file; `edited` ones are overwritten only where that was asked for. */
export interface SheetFile {
  readonly path: string;
  readonly outcome: 'written' | 'unchanged' | 'updated' | 'overwritten';
}

/** What other teams are asked for. */
export function requestsFor({ site }: SiteFile): readonly Sheet[] {
  return sheetsFor(site);
}

/**
 * Writes the sheets into a folder. A file that somebody has edited is left alone, and then none is written, unless
 * `force` says so. Throws a Misuse that names the edited files, or the one that cannot be written.
 */
export async function writeSheets(
  sheets: readonly Sheet[],
  folder: string,
  { force }: { readonly force: boolean },
): Promise<readonly SheetFile[]> {
  const found = await Promise.all(
    sheets.map(async (sheet) => {
      const path = join(folder, sheet.file);
      const text = sealed(presentSheet(sheet));
      return { path, text, state: stateOf(await textAt(path), text) };
    }),
  );
  const edited = found.filter(({ state }) => state === 'edited').map(({ path }) => path);
  if (edited.length > 0 && !force) throw editedByHand(edited);
  await tried(folder, () => mkdir(folder, { recursive: true }));
  for (const { path, text, state } of found) {
    if (state !== 'unchanged') await tried(path, () => writeFile(path, text));
  }
  return found.map(({ path, state }) => ({ path, outcome: OUTCOMES[state] }));
}

type State = 'absent' | 'unchanged' | 'ours' | 'edited';

const OUTCOMES: Readonly<Record<State, SheetFile['outcome']>> = {
  absent: 'written',
  unchanged: 'unchanged',
  ours: 'updated',
  edited: 'overwritten',
};

/** The last line tells what the lines above it were when they were written. */
const SEAL = /<!-- ssis-ha requests ([0-9a-f]{64}) -->\n*$/;

function sealed(markdown: string): string {
  return `${markdown}\n<!-- ssis-ha requests ${digest(markdown)} -->\n`;
}

function stateOf(present: string | null, wanted: string): State {
  if (present === null) return 'absent';
  // Another line end is no edit: files are checked in and out of version control.
  const text = present.replaceAll('\r\n', '\n');
  if (text === wanted) return 'unchanged';
  const [whole, told] = SEAL.exec(text) ?? [];
  if (whole === undefined || told === undefined) return 'edited';
  return digest(text.slice(0, -whole.length - 1)) === told ? 'ours' : 'edited';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function textAt(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new Misuse(`${path} cannot be read (${codeOf(error)})`, 'Name another folder with -o.');
  }
}

async function tried<Done>(path: string, write: () => Promise<Done>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new Misuse(`${path} cannot be written (${codeOf(error)})`, 'Name a folder that is yours with -o.');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
}

function editedByHand(paths: readonly string[]): Misuse {
  const [one] = paths;
  const what = paths.length === 1 ? `${one} was` : `${paths.join(', ')} were`;
  return new Misuse(
    `${what} edited by hand, so no sheet was written`,
    'Name another folder with -o, or say --force to write over it.',
  );
}
