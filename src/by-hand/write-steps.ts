import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { Step } from '../../activities/step.ts';
import type { Chapter } from '../../activities/steps/chapter.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Plan, PlannedStep, StepSnapshot } from '../../workflows/contract.ts';
import { guardsOf } from './guards.ts';
import { headOf } from './head.ts';
import type { PaperEstate } from './paper-estate.ts';
import { performOnPaper, type Performed } from './perform-on-paper.ts';
import { keyOf } from './recording.ts';
import { Replay } from './replay.ts';
import { restartFileOf } from './restart-file.ts';
import { sourcesIn } from './sources.ts';
import { stepFile } from './step-file.ts';
import { wantedOf } from './wanted.ts';

/** A run as it stands, and an estate of paper on which nothing has been done. */
export interface RunOnPaper {
  readonly plan: Plan;
  readonly run: {
    readonly workflowId: string;
    readonly runId: string;
    readonly steps: readonly StepAsItStands[];
  };
  readonly estate: PaperEstate;
  /** The references of the site to secrets, and what to call each when asking for it. */
  readonly secrets: readonly { readonly reference: string; readonly name: string }[];
}

export type StepAsItStands = Pick<StepSnapshot, 'key' | 'state' | 'tries' | 'problem'>;

/** What the export says of one step of the plan. */
export interface HandStep {
  readonly planned: PlannedStep;
  readonly chapter: Chapter;
  readonly standing: StepAsItStands | null;
  readonly about: HandAbout;
}

export type HandAbout =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  /** The run has done it, or somebody let it be. */
  | { readonly kind: 'done' | 'skipped' }
  /** It asks no host anything, so that there is nothing to run. */
  | { readonly kind: 'nothing to run' }
  /** On paper it could not be performed. */
  | { readonly kind: 'not on paper'; readonly reason: string };

/** What such steps have brought about is there, also after an undo that had to leave it. */
const DONE: ReadonlySet<StepSnapshot['state']> = new Set(['changed', 'in-place', 'kept']);

/** Performs the run's plan on paper, and writes a file for each step that the run has left. */
export async function writeSteps(paper: RunOnPaper): Promise<readonly HandStep[]> {
  const steps: HandStep[] = [];
  const { plan, run } = paper;
  for (const planned of plan.steps) {
    const standing = run.steps.find(({ key }) => key === planned.key) ?? null;
    const { chapter, step } = stepNamed(planned);
    const number = steps.filter(({ about }) => about.kind === 'file').length + 1;
    const about =
      standing?.state === 'skipped'
        ? ({ kind: 'skipped' } as const)
        : await aboutOf(paper, { chapter, step, planned, standing, number });
    steps.push({ planned, chapter, standing, about });
  }
  return steps;
}

interface Placed {
  readonly chapter: Chapter;
  readonly step: Step;
  readonly planned: PlannedStep;
  readonly standing: StepAsItStands | null;
  readonly number: number;
}

async function aboutOf(paper: RunOnPaper, placed: Placed): Promise<HandAbout> {
  const { planned, standing } = placed;
  const isDone = standing !== null && DONE.has(standing.state);
  try {
    const performed = await performOnPaper(paper.estate, placed, contextOf(paper, planned, standing));
    return isDone ? { kind: 'done' } : await fileOf(paper, placed, performed);
  } catch (error) {
    if (!(error instanceof OperatorError || error instanceof TransientError)) throw error;
    return isDone ? { kind: 'done' } : { kind: 'not on paper', reason: error.message };
  }
}

async function fileOf(
  { estate, plan, secrets }: RunOnPaper,
  placed: Placed,
  performed: Performed,
): Promise<HandAbout> {
  const { planned, step, number } = placed;
  const replay = new Replay({ step, planned, performed, ports: estate.portsOn(planned.host) });
  const wanted = await wantedOf(replay);
  const { looksAfter } = performed;
  const text = stepFile({
    step,
    planned,
    performed,
    access: plan.access,
    secrets: secrets.map(({ reference, name }) => ({ name, value: estate.secretOf(reference) })),
    sources: {
      looks: await sourcesIn(replay, 'looks'),
      work: await sourcesIn(replay, 'work'),
      looksAfter: await sourcesIn(replay, 'looksAfter'),
    },
    wanted,
    guards: await guardsOf(replay, wanted),
    head: headOf({ ...placed, performed }),
    restartFile: restartFileOf(planned.host),
    judged: new Set(wanted.flatMap(({ at }) => looksAfter.slice(at, at + 1).map(keyOf))),
  });
  if (text === null) return { kind: 'nothing to run' };
  return { kind: 'file', name: nameOf(planned, number), text };
}

function nameOf({ chapter, id, host }: PlannedStep, number: number): string {
  return `${String(number).padStart(3, '0')}-${chapter}-${id}-${safe(host)}.ps1`;
}

function safe(host: string): string {
  return host.replaceAll(/[^\w-]/g, '_');
}

function contextOf({ run }: RunOnPaper, { key }: PlannedStep, standing: StepAsItStands | null) {
  const { workflowId, runId } = run;
  const tries = Math.max(1, standing?.tries ?? 1);
  return { runId, tries, journal: `${workflowId}\\${key}\\${tries}`.replaceAll('/', '\\') };
}

function stepNamed({ id }: PlannedStep): Pick<Placed, 'chapter' | 'step'> {
  for (const chapter of procedure) {
    const step = chapter.steps.find((candidate) => candidate.id === id);
    if (step) return { chapter, step };
  }
  throw new OperatorError(
    `The run has a step ${id}, which this build does not know`,
    'Use the build of ssis-ha that the run was started with.',
  );
}
