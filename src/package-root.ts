import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, from the sources and from the built command alike. */
export const packageRoot: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

export const packageVersion: string = versionOf(packageRoot);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing: the installation is not whole');
  return rootAbove(parent);
}

function versionOf(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (parsed && typeof parsed === 'object' && 'version' in parsed) return String(parsed.version);
  throw new Error(`${join(root, 'package.json')} names no version`);
}
