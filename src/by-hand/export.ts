import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePlan } from '../../activities/plan.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Json, RunSnapshot } from '../../workflows/contract.ts';
import { digestOfScripts } from '../adapters/script-files.ts';
import { Misuse, OperatorError } from '../failures.ts';
import { packageVersion } from '../package-root.ts';
import { referencesOf } from '../site-file/references.ts';
import { openPaperLab } from './paper-lab.ts';
import { readme } from './readme.ts';
import { restartFile, restartFileOf } from './restart-file.ts';
import { secretNames } from './secret-names.ts';
import { writeSteps, type HandStep } from './write-files.ts';

/** What was written, and what was not. */
export interface HandExport {
  readonly folder: string;
  readonly files: readonly {
    readonly name: string;
    readonly step: string | null;
    readonly host: string | null;
  }[];
  readonly withoutFile: readonly { readonly step: string; readonly reason: string }[];
}

/**
 * Writes what a run has left as files for people: PowerShell and T-SQL, values filled in, secrets asked for.
 * Nothing of the estate is touched, and nothing of the run: the steps are performed on an estate of paper.
 *
 * Throws an OperatorError where the run performs nothing, or the folder holds something already.
 */
export async function exportByHand(run: RunSnapshot, site: Json, folder: string): Promise<HandExport> {
  refuse(run);
  const isThere = contentOf(folder);
  if (isThere.length > 0)
    throw new Misuse(
      `${folder} holds ${isThere[0] ?? 'something'} already`,
      'Name a folder that is empty, or none yet.',
    );
  const build = { version: packageVersion, scripts: digestOfScripts() };
  const plan = await makePlan(procedure, site, build);
  const names = secretNames(site);
  const estate = await openPaperLab(site, plan.access);
  let steps: readonly HandStep[];
  try {
    const secrets = referencesOf(site).map((reference) => ({
      reference,
      name: names.get(reference) ?? reference,
    }));
    steps = await writeSteps({ plan, run, estate, secrets });
  } finally {
    await estate.close();
  }
  const asked = [...names.values()].filter((name) => steps.some((step) => asksFor(step, name)));
  const told = readme({ run, plan, steps, secrets: asked, writtenAt: new Date() });
  return written(folder, steps, { told, access: plan.access });
}

function refuse({ mode, state, site }: RunSnapshot): void {
  if (mode === 'verify')
    throw new OperatorError(
      `A verification of ${site} changes nothing, so nothing of it is left to do`,
      'Name the run that performs, or a rehearsal: ssis-ha list',
    );
  if (state === 'undoing')
    throw new OperatorError(
      `The run of ${site} is being undone`,
      'Wait for its end: what is left to do is known then.',
    );
}

function asksFor({ about }: HandStep, name: string): boolean {
  return about.kind === 'file' && about.text.includes(`Get-Secret -Name '${name.replaceAll("'", "''")}'`);
}

interface Rest {
  readonly told: string;
  readonly access: Parameters<typeof restartFile>[1];
}

function written(folder: string, steps: readonly HandStep[], { told, access }: Rest): HandExport {
  const files = steps.flatMap(({ planned, about }) =>
    about.kind === 'file'
      ? [{ name: about.name, text: about.text, step: planned.key, host: planned.host }]
      : [],
  );
  const restarts = [...new Set(files.map(({ host }) => host))]
    .filter((host) => files.some((file) => file.text.includes(`-File '${restartFileOf(host)}'`)))
    .map((host) => ({ name: restartFileOf(host), text: restartFile(host, access), step: null, host }));
  const all = [{ name: 'README.md', text: told, step: null, host: null }, ...files, ...restarts];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Windows PowerShell takes a file for one of its machine's code page unless a mark says otherwise.
  for (const { name, text } of all)
    writeFileSync(join(folder, name), name.endsWith('.ps1') ? `\uFEFF${text}` : text, {
      mode: 0o600,
      flag: 'wx',
    });
  return {
    folder,
    files: all.map(({ name, step, host }) => ({ name, step, host })),
    withoutFile: steps.flatMap(({ planned, about }) =>
      about.kind === 'not on paper' ? [{ step: planned.key, reason: about.reason }] : [],
    ),
  };
}

function contentOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new Misuse(`${folder} cannot be read`, 'Name a folder that is yours with -o.');
  }
}
