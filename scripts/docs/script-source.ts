import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';

/** A script's file, and what the comment at its head says. */
export interface ScriptSource {
  /** Path in the repository. */
  readonly file: string;
  readonly says: string;
}

/** Finds the file of a script by the name that steps call it by. */
export function readScriptSource(root: string, name: string): ScriptSource {
  const powershell: Readonly<Record<string, { readonly file: string }>> = powershellScripts;
  const sql: Readonly<Record<string, { readonly file: string }>> = sqlScripts;
  const file = powershell[name]
    ? `activities/scripts/powershell/${powershell[name].file}`
    : `activities/scripts/sql/${sql[name]?.file ?? ''}`;
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const end = lines.findIndex((line) => !/^(#|--)/.test(line));
  return {
    file,
    says: lines
      .slice(0, end)
      .map((line) => line.replace(/^(#|--)\s*/, ''))
      .join(' '),
  };
}
