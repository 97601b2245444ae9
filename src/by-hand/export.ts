import { makePlan } from '../../activities/plan.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Access, Json, RunSnapshot } from '../../workflows/contract.ts';
import { digestOfScripts } from '../adapters/script-files.ts';
import { OperatorError } from '../failures.ts';
import { packageVersion } from '../package-root.ts';
import { referencesOf } from '../site-file/references.ts';
import { openPaperLab } from './paper-lab.ts';
import { readme } from './readme.ts';
import { restartFile, restartFileOf } from './restart-file.ts';
import { secretNames } from './secret-names.ts';
import { writeSteps, type HandStep } from './write-steps.ts';

/** What a run has left, as files for people. */
export interface HandExport {
  readonly files: readonly HandFile[];
  /** Steps that could not be performed on paper. */
  readonly withoutFile: readonly { readonly step: string; readonly reason: string }[];
}

export interface HandFile {
  readonly name: string;
  /** All of it, with the mark that a reader needs in front. */
  readonly text: string;
  /** Key of the step; null where the file belongs to none. */
  readonly step: string | null;
  readonly host: string | null;
}

/**
 * Makes what a run has left into files for people: PowerShell and T-SQL, values filled in, secrets asked for.
 * Nothing of the estate is touched, and nothing of the run: the steps are performed on an estate of paper.
 *
 * Throws an OperatorError where the run performs nothing, or is being taken back.
 */
export async function exportByHand(run: RunSnapshot, site: Json): Promise<HandExport> {
  refuse(run);
  const build = { version: packageVersion, scripts: digestOfScripts() };
  const plan = await makePlan(procedure, site, build);
  const names = secretNames(site);
  const secrets = referencesOf(site).map((reference) => ({
    reference,
    name: names.get(reference) ?? reference,
  }));
  const estate = await openPaperLab(site, plan.access);
  try {
    const steps = await writeSteps({ plan, run, estate, secrets });
    const asked = [...names.values()].filter((name) => steps.some((step) => asksFor(step, name)));
    const told = readme({ run, plan, steps, secrets: asked, writtenAt: new Date() });
    return exportOf(steps, told, plan.access);
  } finally {
    await estate.close();
  }
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

function exportOf(steps: readonly HandStep[], told: string, access: Access): HandExport {
  const files = steps.flatMap(({ planned, about }) =>
    about.kind === 'file'
      ? [{ name: about.name, text: marked(about.text), step: planned.key, host: planned.host }]
      : [],
  );
  const restarts = [...new Set(files.map(({ host }) => host))]
    .filter((host) => files.some((file) => file.text.includes(`-File '${restartFileOf(host)}'`)))
    .map((host) => ({
      name: restartFileOf(host),
      text: marked(restartFile(host, access)),
      step: null,
      host,
    }));
  return {
    files: [{ name: 'README.md', text: told, step: null, host: null }, ...files, ...restarts],
    withoutFile: steps.flatMap(({ planned, about }) =>
      about.kind === 'not on paper' ? [{ step: planned.key, reason: about.reason }] : [],
    ),
  };
}

/** Windows PowerShell takes a file for one of its machine's code page unless a mark says otherwise. */
function marked(script: string): string {
  return `\uFEFF${script}`;
}
