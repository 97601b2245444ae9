import type { Step } from '../../activities/step.ts';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import type { Plan, PlannedStep, StepSnapshot } from '../../workflows/contract.ts';
import { guardsOf } from './guards.ts';
import type { PaperEstate } from './paper-estate.ts';
import { performOnPaper, type Performed } from './perform-on-paper.ts';
import { keyOf } from './recording.ts';
import { Replay } from './replay.ts';
import { sourcesIn } from './sources.ts';
import { stepFile } from './step-file.ts';
import { wantedOf } from './wanted.ts';

/** A run as it stands, and an estate of paper on which nothing has been done. */
export interface RunOnPaper {
  readonly plan: Plan;
  readonly run: {
    readonly workflowId: string;
    readonly runId: string;
    readonly steps: readonly Pick<StepSnapshot, 'key' | 'state' | 'tries' | 'problem'>[];
  };
  readonly estate: PaperEstate;
  /** The references of the site to secrets, and what to call each when asking for it. */
  readonly secrets: readonly { readonly reference: string; readonly name: string }[];
}

/** A file of the export. */
export interface HandFile {
  readonly name: string;
  readonly text: string;
  readonly stepKey: string | null;
}

/** The steps that are done: what they have brought about is there. */
const DONE: ReadonlySet<StepSnapshot['state']> = new Set(['changed', 'in-place']);

/** Performs the run's plan on paper, and writes a file for each step that the run has left. */
export async function writeFiles(paper: RunOnPaper): Promise<readonly HandFile[]> {
  const { plan, run, estate } = paper;
  const files: HandFile[] = [];
  for (const planned of plan.steps) {
    const state = run.steps.find(({ key }) => key === planned.key);
    if (state?.state === 'skipped') continue;
    const step = stepNamed(planned);
    const context = contextOf(paper, planned, state?.tries ?? 0);
    const performed = await performOnPaper(estate, { step, planned }, context);
    if (state && DONE.has(state.state)) continue;
    const file = await fileOf(paper, { step, planned, performed }, files.length + 1);
    if (file) files.push(file);
  }
  return files;
}

interface Walked {
  readonly step: Step;
  readonly planned: PlannedStep;
  readonly performed: Performed;
}

async function fileOf(
  { estate, plan, secrets }: RunOnPaper,
  walked: Walked,
  number: number,
): Promise<HandFile | null> {
  const { planned } = walked;
  const replay = new Replay({ ...walked, ports: estate.portsOn(planned.host) });
  const wanted = await wantedOf(replay);
  const text = stepFile({
    ...walked,
    access: plan.access,
    secrets: secrets.map(({ reference, name }) => ({ name, value: estate.secretOf(reference) })),
    sources: {
      looks: await sourcesIn(replay, 'looks'),
      work: await sourcesIn(replay, 'work'),
      looksAfter: await sourcesIn(replay, 'looksAfter'),
    },
    wanted,
    guards: await guardsOf(replay, wanted),
    head: headOf(planned, number),
    restartFile: `restart-${planned.host}.ps1`,
    judged: new Set(wanted.map(({ at }) => keyOf(walked.performed.looksAfter[at] ?? raise()))),
    stopsForRestart: walked.step.mayRestart,
  });
  return text === null ? null : { name: nameOf(planned, number), text, stepKey: planned.key };
}

function raise(): never {
  throw new RangeError('What is wanted is of no look');
}

function headOf({ chapter, title, host, key, why }: PlannedStep, number: number): string {
  return [`${number}. ${title}, on ${host} (${key})`, `Chapter ${chapter}`, '', why].join('\n');
}

function nameOf({ chapter, id, host }: PlannedStep, number: number): string {
  return `${String(number).padStart(3, '0')}-${chapter}-${id}-${host.replaceAll(/[^\w-]/g, '_')}.ps1`;
}

function contextOf({ run }: RunOnPaper, { key }: PlannedStep, tries: number) {
  const { workflowId, runId } = run;
  const now = Math.max(1, tries);
  return { runId, tries: now, journal: `${workflowId}\\${key}\\${now}`.replaceAll('/', '\\') };
}

function stepNamed({ id }: PlannedStep): Step {
  const step = stepsOf(procedure).find((candidate) => candidate.id === id);
  if (!step) throw new TypeError(`This build has no step ${id}`);
  return step;
}
