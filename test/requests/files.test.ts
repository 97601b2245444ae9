import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sheetsFor } from '../../activities/requests/sheets.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { reportOf } from '../../src/cli/report-error.ts';
import { SITE_TEMPLATE } from '../../src/cli/site-template.ts';
import { presentSheet } from '../../src/present/sheets.ts';
import { writeSheets } from '../../src/requests.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { SAMPLE, TWO_SUBNETS } from './sites.ts';

const SHEETS = sheetsFor(SAMPLE);
const OTHERS = sheetsFor(TWO_SUBNETS);

let folder: string;
beforeEach(async () => {
  folder = join(await temporaryDirectory(), 'sheets');
});

const outcomes = async (sheets = SHEETS, force = false) =>
  (await writeSheets(sheets, folder, { force })).map(({ outcome }) => outcome);

describe('the files', () => {
  test('are four, in a folder that is made for them, each with its whole sheet', async () => {
    const files = await writeSheets(SHEETS, folder, { force: false });
    expect(files.map(({ path }) => path)).toEqual(
      ['directory', 'network', 'security', 'backup'].map((name) => join(folder, `${name}.md`)),
    );
    for (const [at, { path }] of files.entries()) {
      const sheet = SHEETS[at];
      expect(await readFile(path, 'utf8')).toContain(sheet && presentSheet(sheet));
    }
  });

  test('are left as they are where nothing changed, also with other line ends', async () => {
    await outcomes();
    const path = join(folder, 'network.md');
    const withReturns = (await readFile(path, 'utf8')).replaceAll('\n', '\r\n');
    await writeFile(path, withReturns);
    expect(await outcomes()).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await readFile(path, 'utf8')).toBe(withReturns);
  });

  test('follow the site file as long as nobody has edited them', async () => {
    await outcomes();
    expect(new Set(await outcomes(OTHERS))).toEqual(new Set(['updated']));
    expect(await outcomes(OTHERS)).not.toContain('updated');
  });

  test('are all left alone where one was edited by hand, which is named with the way out', async () => {
    await outcomes();
    const path = join(folder, 'network.md');
    const edited = `${await readFile(path, 'utf8')}N1 done by me\n`;
    await writeFile(path, edited);
    await expect(outcomes(OTHERS)).rejects.toMatchObject({
      message: expect.stringContaining(`${path} was edited by hand`),
      advice: expect.stringContaining('--force'),
    });
    expect(await readFile(path, 'utf8')).toBe(edited);
    const untouched = SHEETS[0];
    expect(await readFile(join(folder, 'directory.md'), 'utf8')).toContain(
      untouched && presentSheet(untouched),
    );
  });

  test('that were edited inside are told from their last line, and one without it is somebody else’s', async () => {
    await outcomes();
    const path = join(folder, 'backup.md');
    await writeFile(path, (await readFile(path, 'utf8')).replace('- [ ] B1', '- [x] B1'));
    await expect(outcomes()).rejects.toThrow('backup.md was edited');
    await writeFile(path, '# Our own notes\n');
    await expect(outcomes()).rejects.toThrow('backup.md was edited');
  });

  test('are written over where that is asked for, and that is said', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'security.md'), 'mine\n');
    expect(await outcomes(SHEETS, true)).toEqual(['written', 'written', 'overwritten', 'written']);
    expect(await outcomes()).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
  });

  test('that cannot be written are misuse, which names the folder', async () => {
    await writeFile(folder, 'a file in the place of the folder');
    await expect(outcomes()).rejects.toMatchObject({ message: expect.stringContaining(folder) });
    expect(reportOf(await outcomes().catch((error: unknown) => error)).exitCode).toBe(2);
  });
});

test('the command writes the sheets of a site file, and prints them as data', async () => {
  const site = join(await temporaryDirectory(), 'site.yaml');
  await writeFile(site, SITE_TEMPLATE);
  const printed = await outputOf(['requests', site, '-o', folder, '--json']);
  const { version, sheets, files } = JSON.parse(printed) as {
    readonly version: number;
    readonly sheets: readonly { readonly file: string; readonly requests: readonly object[] }[];
    readonly files: readonly { readonly path: string; readonly outcome: string }[];
  };
  expect(version).toBe(1);
  expect(sheets.map(({ file, requests }) => `${file} ${requests.length}`)).toEqual([
    'directory.md 11',
    'network.md 8',
    'security.md 12',
    'backup.md 12',
  ]);
  expect(files.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'written', 'written']);
  expect(await readFile(join(folder, 'directory.md'), 'utf8')).toContain('`EXAMPLE\\svc-runbook`');
});

/** What a command prints, without a process of its own. */
async function outputOf(args: readonly string[]): Promise<string> {
  let text = '';
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += chunk.toString();
    return true;
  });
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
  } finally {
    written.mockRestore();
  }
  return text;
}
