import type { Site } from '../../activities/site.ts';
import { makePlan } from '../../activities/plan.ts';
import { procedure } from '../../activities/steps/index.ts';
import { runHandFile } from '../../lab/by-hand/run-file.ts';
import { referencesOf } from '../../src/site-file/references.ts';
import { writeSteps, type RunOnPaper } from '../../src/by-hand/write-steps.ts';
import type { Json, Plan } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { restart } from '../steps/walk.ts';
import { handShell, paperOf, type Person } from './in-process-hand.ts';

/** A file of the export. */
export interface HandFile {
  readonly name: string;
  readonly text: string;
  readonly stepKey: string;
}

export const RUN = { workflowId: 'ssis-ha/sample', runId: '00000000-0000-0000-0000-000000000000' };

export async function planFor(site: Site): Promise<Plan> {
  return makePlan(procedure, site as unknown as Json, { version: '0', scripts: '0' });
}

/** The files of a run that stands so. */
export async function exported(
  site: Site,
  steps: RunOnPaper['run']['steps'],
  beginning: string | null = null,
): Promise<readonly HandFile[]> {
  const lab = openInProcessLab(site, beginning);
  try {
    const written = await writeSteps({
      plan: await planFor(lab.site),
      run: { ...RUN, steps },
      estate: paperOf(lab),
      secrets: referencesOf(site as unknown as Json).map((reference) => ({ reference, name: reference })),
    });
    return written.flatMap(({ planned, about }) => {
      if (about.kind === 'not on paper') throw new Error(`${planned.key}: ${about.reason}`);
      return about.kind === 'file' ? [{ name: about.name, text: about.text, stepKey: planned.key }] : [];
    });
  } finally {
    lab.close();
  }
}

/** Runs a file as a person would: where it ends at a restart, the host is restarted, and it is run again. */
export async function runByHand(lab: InProcessLab, file: HandFile, person: Person): Promise<void> {
  const host = hostOf(file);
  for (let tries = 0; tries < 5; tries += 1) {
    if ((await runHandFile(file.text, handShell(lab, host, person))) === 'done') return;
    restart(lab, host);
  }
  throw new Error(`${file.name} wants one restart after another`);
}

function hostOf({ text }: HandFile): string {
  return /-ComputerName '([^']+)'/.exec(text)?.[1] ?? '';
}
