import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Misuse } from '../failures.ts';
import type { HandFile } from './export.ts';

/** Throws a Misuse where the folder holds anything: nothing is written over. */
export function refuseFull(folder: string): void {
  const [first] = contentOf(folder);
  if (first === undefined) return;
  throw new Misuse(`${folder} holds ${first} already`, 'Name a folder that is empty, or none yet.');
}

/** Writes the files, readable by their owner alone, into a folder that is empty or not there yet. */
export function writeHandFiles(files: readonly HandFile[], folder: string): void {
  refuseFull(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { name, text } of files) writeFileSync(join(folder, name), text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Misuse(
      `${folder} cannot be written (${codeOf(error)})`,
      'Name a folder that is yours with -o.',
    );
  }
}

function contentOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new Misuse(`${folder} cannot be read (${codeOf(error)})`, 'Name a folder that is yours with -o.');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
}
