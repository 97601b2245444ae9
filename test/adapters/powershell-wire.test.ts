import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '../../activities/secret.ts';
import { POWERSHELL_FENCE_IS_HELD, POWERSHELL_FENCE_PRELUDE } from '../../activities/scripts/fence.ts';
import { scriptText } from '../../src/adapters/script-files.ts';
import { powershellLine } from '../../src/adapters/powershell-line.ts';
import { LeasedPowerShell } from '../../src/adapters/powershell.ts';
import { Shells } from '../../src/adapters/shells.ts';
import { packageRoot } from '../../src/package-root.ts';
import { labEnvironment } from '../../src/up/lab-programs.ts';
import { writeSampleSite } from '../../src/up/sample-site.ts';

const directory = mkdtempSync(join(tmpdir(), 'ssis-ha-hostile-'));
const dist = join(packageRoot, 'dist');
const shells = new Shells();
let lab: ChildProcess;

beforeAll(async () => {
  const site = writeSampleSite(directory);
  lab = spawn(
    process.execPath,
    [join(dist, 'lab', 'main.js'), '--dir', directory, '--site', site, '--pace', '0'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (lab.stdout) await once(lab.stdout, 'data');
  const { NODE_OPTIONS: _unused, ...environment } = labEnvironment(directory, dist, 'NODE-A');
  Object.assign(process.env, environment);
});
afterAll(async () => {
  shells.close();
  const gone = once(lab, 'exit');
  lab.kill('SIGTERM');
  await gone;
  rmSync(directory, { recursive: true, force: true });
});

const HOSTILE = [
  `'; Remove-Item C:\\ -Recurse; '`,
  '$(Get-Date)',
  '`n`$env:PATH',
  '"double" \u2018curly\u2019 \u201cquotes\u201d \u201a\u201b',
  'semi;colon ] bracket ]] [ } {',
  'line\nbreak\r\nand\ttab',
  'Grüße, 中文, Ελλάδα, 😀',
  '\u0000\u0001\u001b[31m\u007f',
  '2026-01-02T03:04:05Z',
  '#000000000000000000000000#{"ok":true}',
  '9007199254740993',
];

test('values pass unchanged through the real PowerShell wire, whatever they hold', async () => {
  const value = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  );
  let at = 0;
  await fc.assert(
    fc.asyncProperty(value, value, async (name, secret) => {
      const powershell = new LeasedPowerShell(shells, 'NODE-A', null, false);
      const key = `${(at += 1)} ${name}`;
      await powershell.run('keepSecret', { key, value: new Secret(secret) });
      const kept = await powershell.run('recallSecret', { key });
      await powershell.close('good');
      expect(kept.value?.reveal()).toBe(secret);
    }),
    { numRuns: 60 },
  );
});

test('a script that the estate does not know is an error, never a success', async () => {
  const shell = shells.lease('NODE-A');
  const line = powershellLine('param($parameters)\nGet-Process', '{}', null);
  expect(line.answerIn(await shell.send(line.text))).toMatchObject({
    ok: false,
    error: { id: 'CommandNotFoundException', category: 'ObjectNotFound' },
  });
  shell.kill();
});

test('an answer without its marker counts as none', async () => {
  const shell = shells.lease('NODE-A');
  const line = powershellLine('param($parameters)', '{}', null);
  expect(line.answerIn(await shell.send('Get-Process'))).toBeNull();
  shell.kill();
});

test('the script that takes the fence says by the id that is known that another holds it', () => {
  expect(scriptText('powershell', POWERSHELL_FENCE_PRELUDE)).toContain(`'${POWERSHELL_FENCE_IS_HELD}'`);
});

test('while one change holds the fence of a host, another begins nothing there', async () => {
  const [one, other] = [0, 1].map(() => new LeasedPowerShell(shells, 'NODE-A', null, false));
  await one?.run('keepNote', { name: 'fenced', text: 'one' });
  await expect(other?.run('keepNote', { name: 'fenced', text: 'other' })).rejects.toMatchObject({
    message: 'Another change is still under way on NODE-A',
    passing: 'busy',
  });
  await other?.close('bad');
  await expect(one?.run('getNote', { name: 'fenced' })).resolves.toEqual({ text: 'one' });
  await one?.close('good');

  const later = new LeasedPowerShell(shells, 'NODE-A', null, false);
  await later.run('removeNote', { name: 'fenced' });
  await later.close('good');
});
