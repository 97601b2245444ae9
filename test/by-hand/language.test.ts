import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';
import { quoted } from '../../activities/steps/6-execution-log/log-account.ts';
import { blockEnd } from '../../lab/by-hand/block-end.ts';
import { differencesOf } from '../../lab/by-hand/difference.ts';
import { connectionValue } from '../../lab/by-hand/given.ts';
import { parse } from '../../lab/by-hand/parse.ts';
import { scriptText } from '../../src/adapters/script-files.ts';
import { jsonObject, literal } from '../../src/by-hand/powershell-text.ts';

const HOSTILE = ["a'b", 'a’b‘c‚d‛e', '$(calc)', "x'@\n$y", 'äöü ß', '`"{}[]', ''];

describe('the language of the files', () => {
  test('holds every script of the catalogue whole', () => {
    for (const { file } of Object.values(powershellScripts)) {
      const block = `{\n${scriptText('powershell', file).trimEnd()}\n}`;
      expect(blockEnd(`${block}\n$next = 1`, 0)).toBe(block.length);
    }
    for (const { file } of Object.values(sqlScripts)) expect(scriptText('sql', file)).not.toMatch(/^'@/m);
  });

  test.each(HOSTILE)('carries %j as a value', (value) => {
    expect(parse(`$given = ${jsonObject({ value })}`)).toMatchObject([
      { value: { kind: 'json', text: JSON.stringify({ value }, null, 2).replaceAll(/[^\n -~]/g, ascii) } },
    ]);
    expect(parse(`$text = ${literal(value)}`)).toMatchObject([{ value: { kind: 'text', value } }]);
  });
});

function ascii(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

test('a secret in a connection string is quoted as the tool quotes it, on the lab and in the file', () => {
  const values = ['plain', 'a;b', '"a"', "a'b", ' a', 'a ', '{a', '=a', 'a=b', ''];
  expect(values.map(connectionValue)).toEqual(values.map(quoted));
  const path = join(import.meta.dirname, '..', '..', 'activities', 'scripts', 'by-hand', 'by-hand.ps1');
  expect(readFileSync(path, 'utf8')).toContain(String.raw`-notmatch '[;''"]|^[\s={]|\s$'`);
});

test('what is wanted of an answer is told by its place', () => {
  const wanted = {
    role: { '(any)': true },
    free: { '(at least)': 20 },
    nodes: [{ name: 'A' }],
    gone: [],
    up: true,
  };
  const fine = {
    role: 'r',
    free: 21,
    nodes: [{ name: 'B' }, { name: 'a', state: 'Up' }],
    gone: [],
    up: true,
  };
  expect(differencesOf({ look: fine }, { look: wanted }, '')).toEqual([]);
  expect(
    differencesOf({ look: { free: 19, nodes: [], gone: ['x'], up: null } }, { look: wanted }, ''),
  ).toEqual([
    'look.role is not there',
    'look.free is 19, not at least 20',
    'look.nodes lacks {"name":"A"}',
    'look.gone is ["x"], not empty',
    'look.up is nothing, not true',
  ]);
});
