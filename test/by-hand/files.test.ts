import { beforeAll, describe, expect, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import { runHandFile } from '../../lab/by-hand/run-file.ts';
import { literal } from '../../src/by-hand/powershell-text.ts';
import { referencesOf } from '../../src/site-file/references.ts';
import type { Json } from '../../workflows/contract.ts';
import { openInProcessLab, secretOf } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { SITES } from '../steps/sites.ts';
import { look, planOf } from '../steps/walk.ts';
import { exported, runByHand, type HandFile } from './export-and-run.ts';
import { agreeing, handShell } from './in-process-hand.ts';

const PATIENCE_MS = 300_000;

/** Steps that ask no host anything. */
const WITHOUT_FILE: ReadonlySet<string> = new Set(['check-secrets', 'check-site']);

const exports: { readonly files: readonly HandFile[]; readonly secrets: readonly string[] }[] = [];
beforeAll(async () => {
  for (const site of SITES) {
    const secrets = referencesOf(site as unknown as Json).map(secretOf);
    exports.push({ files: await exported(site, []), secrets });
  }
}, PATIENCE_MS);

const all = () => exports.flatMap(({ files }) => files);

describe('the files of all steps', () => {
  test('leave out no step of the procedure that looks at a host', () => {
    const written = new Set(all().map(({ stepKey }) => stepKey.split('@')[0]));
    const missing = stepsOf(procedure).filter(({ id }) => !written.has(id) && !WITHOUT_FILE.has(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  test('hold no secret', () => {
    for (const { files, secrets } of exports)
      for (const { name, text } of files)
        expect(secrets.filter((secret) => text.includes(secret)).map(() => name)).toEqual([]);
  });

  test('read every value that only the estate knows from their own looks', () => {
    const asked = all().filter(({ text }) => / = \(?\(Get-Value /.test(text));
    expect(asked.map(({ name }) => name)).toEqual([]);
  });

  test('name the chapter, and ask before they change anything', () => {
    for (const { text } of all()) {
      expect(text).toMatch(/^# Chapter \d+ of the procedure: /m);
      expect(text).toMatch(/\n(Complete-Step|Test-Step) [^\n]+\n$/);
    }
  });
});

describe('a file on the lab', () => {
  const file = () => {
    const found = all().find(({ stepKey }) => stepKey === 'enable-clr@NODE-A');
    if (!found) throw new Error('No file');
    return found.text;
  };

  test.each([
    [
      'a script body that was altered',
      (text: string) => text.replace('AS otherDatabases', 'AS others'),
      'does not know this statement',
    ],
    [
      'a function that was altered',
      (text: string) => text.replace("-ne 'yes'", "-eq 'no'"),
      'is not as it was written',
    ],
    [
      'a function that is none',
      (text: string) => text.replace('\nComplete-Step ', '\nFinish-Step '),
      'is not recognized',
    ],
    [
      'a parameter that is none',
      (text: string) => text.replace(/ -Minutes (?=\d+\n$)/, ' -Hours '),
      "parameter name 'Hours'",
    ],
    [
      'a server where nothing listens',
      (text: string) => text.replaceAll('-Port 1433', '-Port 1434'),
      'Nothing listens',
    ],
    [
      'another host',
      (text: string) => text.replace("-ComputerName 'NODE-A'", "-ComputerName 'NODE-B'"),
      'run it there',
    ],
  ])('refuses %s', async (_what, alter, said) => {
    const lab = openInProcessLab();
    try {
      await expect(runHandFile(alter(file()), handShell(lab, 'NODE-A', agreeing()))).rejects.toThrow(said);
    } finally {
      lab.close();
    }
  });
});

test(
  'hostile values of a site stay values: the files finish the estate with them',
  { timeout: PATIENCE_MS },
  async () => {
    const sample = sampleSite();
    const part = (name: string) => sample[name] as Record<string, unknown>;
    const site = siteSchema.parse({
      ...sample,
      availabilityGroup: { ...part('availabilityGroup'), name: 'AG]\'; DROP $(calc) ’x’ äö `"' },
      instance: {
        ...part('instance'),
        sysadmins: ["LAB\\o'brien$(calc)", 'LAB\\‘gruppe’-ü'],
        directories: {
          data: "E:\\Da'ta $(calc)",
          log: 'F:\\L`og',
          tempdb: 'T:\\Tëmp’DB',
          backup: "G:\\Back'up}",
        },
      },
    });
    const files = await exported(site, []);
    const finding = files.filter(({ text }) => text.includes('\nFind-Catalog '));
    expect(finding).not.toEqual([]);
    for (const { text } of finding) expect(text).toContain(` -Group ${literal(site.availabilityGroup.name)}`);
    const lab = openInProcessLab(site);
    try {
      for (const one of files) await runByHand(lab, one, agreeing());
      for (const planned of await planOf(lab)) expect((await look(lab, planned)).shortfall).toEqual([]);
      expect(Object.keys(lab.laboratory.estate.groups)).toEqual(['AG]\'; DROP $(calc) ’x’ äö `"']);
    } finally {
      lab.close();
    }
  },
);
