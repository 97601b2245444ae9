import { createHash } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  POWERSHELL_FENCE_PRELUDE,
  powershellBehind,
  sqlBehind,
  sqlFencePreludes,
  type AboutFence,
} from '../activities/scripts/fence.ts';
import {
  powershellScripts,
  sqlScripts,
  type PowerShellName,
  type SqlName,
} from '../activities/scripts/index.ts';

/** Which script of the catalogue a text is; a text that is none of them is unknown to the estate. */
export interface Recognized<Name> {
  readonly name: Name;
  readonly fence: AboutFence;
}

/** Where the real files of the catalogue lie. */
export const scriptsFolder = join(
  rootAbove(dirname(fileURLToPath(import.meta.url))),
  'activities',
  'scripts',
);

const fenceTaken = text('powershell', POWERSHELL_FENCE_PRELUDE);
const powershellByDigest = new Map(
  entriesOf<PowerShellName>(powershellScripts).flatMap(
    ([name, { file }]): [string, Recognized<PowerShellName>][] => [
      [digest(text('powershell', file)), { name, fence: 'nothing' }],
      [digest(powershellBehind(fenceTaken, text('powershell', file))), { name, fence: 'takes it' }],
    ],
  ),
);
const sqlByDigest = new Map(
  entriesOf<SqlName>(sqlScripts).flatMap(([name, { file }]): [string, Recognized<SqlName>][] => [
    [digest(text('sql', file)), { name, fence: 'nothing' }],
    ...(['takes it', 'holds it'] as const).map((fence): [string, Recognized<SqlName>] => [
      digest(sqlBehind(text('sql', sqlFencePreludes[fence]), text('sql', file))),
      { name, fence },
    ]),
  ]),
);

export function recognizePowerShell(script: string): Recognized<PowerShellName> | null {
  return powershellByDigest.get(digest(script)) ?? null;
}

export function recognizeSql(statement: string): Recognized<SqlName> | null {
  return sqlByDigest.get(digest(statement)) ?? null;
}

function text(kind: 'powershell' | 'sql', file: string): string {
  return readFileSync(join(scriptsFolder, kind, file), 'utf8');
}

/** White space at the ends and the kind of line end do not make another script. */
function digest(script: string): string {
  return createHash('sha256').update(script.replaceAll('\r\n', '\n').trim()).digest('hex');
}

function entriesOf<Name extends string>(
  scripts: Record<Name, { readonly file: string }>,
): [Name, { readonly file: string }][] {
  return Object.entries(scripts) as [Name, { readonly file: string }][];
}

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
