import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  powershellScripts,
  sqlScripts,
  type PowerShellName,
  type SqlName,
} from '../../activities/scripts/index.ts';
import { scriptText } from '../adapters/script-files.ts';
import { packageRoot } from '../package-root.ts';
import type { Call } from './recording.ts';

type Named = Pick<Call, 'kind' | 'name'>;

/** A script as a variable of its name, byte for byte: a script block of PowerShell, a here-string of T-SQL. */
export function scriptAssigned({ kind, name }: Named): string {
  const text = textOf({ kind, name });
  return kind === 'powershell' ? `$${name} = {\n${text}\n}` : `$${name} = @'\n${text}\n'@`;
}

/** What the comment at its head says of it. */
export function headOf(call: Named): string {
  const lines = textOf(call).split('\n');
  const end = lines.findIndex((line) => !/^(#|--)/.test(line));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^(#|--)\s*/, ''))
    .join(' ');
}

/** The functions that every file brings along, so that it can be carried to a host alone. */
export function sharedText(): string {
  return readFileSync(join(packageRoot, 'activities', 'scripts', 'by-hand', 'by-hand.ps1'), 'utf8').trimEnd();
}

function textOf({ kind, name }: Named): string {
  return kind === 'powershell'
    ? scriptText('powershell', powershellScripts[name as PowerShellName].file).trimEnd()
    : scriptText('sql', sqlScripts[name as SqlName].file).trimEnd();
}
