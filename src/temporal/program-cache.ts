import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { judgeProgram } from './program-version.ts';
import type { Environment } from './run-program.ts';

const FOLDER = 'temporal';
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

/** The program's file name: `temporal`, on Windows `temporal.exe`. */
export const PROGRAM_NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Where ssis-ha keeps what it has fetched: `$XDG_CACHE_HOME/ssis-ha`, else `~/.cache/ssis-ha`;
 * on Windows `%LOCALAPPDATA%\ssis-ha`.
 *
 * Source: XDG Base Directory Specification: a relative path in `XDG_CACHE_HOME` is to be ignored.
 */
export function cacheDirectory(env: Environment): string {
  if (process.platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ssis-ha');
  }
  const named = env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return join(named, 'ssis-ha');
  return join(env['HOME'] ?? homedir(), '.cache', 'ssis-ha');
}

/** Where the program lies in the cache once it is there. */
export function cachedProgram(env: Environment): string {
  return join(cacheDirectory(env), FOLDER, 'bin', PROGRAM_NAME);
}

export interface CacheFilling {
  readonly env: Environment;
  /** Puts the program at `bin/temporal` inside the folder, or throws the reason why it cannot. */
  readonly fill: (folder: string) => Promise<void>;
}

/**
 * Fills the cache and gives the program's version.
 *
 * The program is installed into a new folder beside its place and only renamed into it once it has said its
 * version. So two processes at once do each their own and the first wins, and a killed one leaves a folder that
 * nobody looks into and that a later filling sweeps away.
 */
export async function fillCache({ env, fill }: CacheFilling): Promise<string> {
  const cache = cacheDirectory(env);
  await mkdir(cache, { recursive: true });
  await sweep(cache);
  const fresh = await mkdtemp(join(cache, `${FOLDER}.new-`));
  try {
    await fill(fresh);
    const judgement = await judgeProgram(join(fresh, 'bin', PROGRAM_NAME), env);
    if (!judgement.usable) throw new Error(`what was installed cannot be used: ${judgement.why}`);
    return (await place(fresh, env)) ?? judgement.version;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Renames the fresh folder into its place. Gives the version of the program that another process put there first. */
async function place(fresh: string, env: Environment): Promise<string | null> {
  const target = join(cacheDirectory(env), FOLDER);
  if (await renamed(fresh, target)) return null;
  const present = await judgeProgram(cachedProgram(env), env);
  if (present.usable) return present.version;
  const aside = `${fresh}-${randomUUID()}`;
  await renamed(target, aside);
  await rename(fresh, target);
  await rm(aside, { recursive: true, force: true });
  return null;
}

/** Whether the rename was done; it is not when something is in the way (each system has its own code for that). */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EPERM', 'ENOENT'].includes(String(code))) return false;
    throw error;
  }
}

/** Removes what killed installations have left, but nothing so young that somebody may still be at it. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(`${FOLDER}.new-`)) continue;
    const path = join(cache, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > LEFTOVER_AGE_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
