import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POWERSHELL_FENCE_PRELUDE, sqlFencePreludes } from '../../activities/scripts/fence.ts';
import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';
import { packageRoot } from '../package-root.ts';

const FOLDER = join(packageRoot, 'activities', 'scripts');
const texts = new Map<string, string>();

/** The text of a script, read once. `file` is as the script's line names it. */
export function scriptText(kind: 'powershell' | 'sql', file: string): string {
  const key = `${kind}/${file}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = readFileSync(join(FOLDER, kind, file), 'utf8');
  texts.set(key, text);
  return text;
}

/** One digest over every script of the catalogue: two builds that run the same commands have the same. */
export function digestOfScripts(): string {
  const hash = createHash('sha256');
  const lines = { powershell: powershellScripts, sql: sqlScripts };
  for (const [kind, scripts] of Object.entries(lines) as [
    'powershell' | 'sql',
    Record<string, { file: string }>,
  ][]) {
    const inOrder = Object.entries(scripts).toSorted(([one], [other]) => (one < other ? -1 : 1));
    for (const [name, { file }] of inOrder) {
      hash.update(`${kind}\0${name}\0${scriptText(kind, file)}\0`);
    }
  }
  for (const file of Object.values(sqlFencePreludes)) hash.update(`prelude\0${scriptText('sql', file)}\0`);
  hash.update(`prelude\0${scriptText('powershell', POWERSHELL_FENCE_PRELUDE)}\0`);
  return hash.digest('hex');
}
