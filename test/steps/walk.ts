import { makePlan } from '../../activities/plan.ts';
import { TransientError } from '../../activities/failures.ts';
import type { ApplyContext } from '../../activities/step-spec.ts';
import type { Step } from '../../activities/step.ts';
import type { Chapter } from '../../activities/steps/chapter.ts';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import { verification } from '../../activities/steps/verification.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';
import type { InProcessLab } from '../lab/in-process.ts';

/** What a step was found to be, and what it remembers for its undo. */
export interface Walked {
  readonly planned: PlannedStep;
  readonly step: Step;
  readonly before: Look;
}

/** Performs the plan's steps one after another, as the run would: restarts when one pends, asks nobody. */
export async function walk(
  lab: InProcessLab,
  until: (planned: PlannedStep) => boolean = () => false,
): Promise<Walked[]> {
  const walked: Walked[] = [];
  for (const planned of await planOf(lab)) {
    if (until(planned)) break;
    walked.push(await perform(lab, planned));
  }
  return walked;
}

export async function planOf(
  lab: InProcessLab,
  chapters: readonly Chapter[] = procedure,
): Promise<readonly PlannedStep[]> {
  const build = { version: '0', scripts: '0' };
  const { steps } = await makePlan(chapters, lab.site as unknown as Json, build);
  return steps;
}

export async function perform(lab: InProcessLab, planned: PlannedStep): Promise<Walked> {
  const step = stepOf(planned);
  const before = await look(lab, planned);
  if (before.shortfall.length > 0 && step.kind === 'change') {
    await apply(lab, planned, before.observed);
    if ((await look(lab, planned)).restartPends) restart(lab, planned.host);
  }
  const after = await look(lab, planned);
  if (after.shortfall.length > 0)
    throw new Error(`${planned.key} is not in place: ${after.shortfall.join('; ')}`);
  return { planned, step, before };
}

export async function look(lab: InProcessLab, planned: PlannedStep, run = THIS_RUN): Promise<Look> {
  const seen = await stepOf(planned).look(lab.portsOn(planned.host), planned.input, run);
  if (!seen.restartPends || stepOf(planned).id === 'install-clustering-feature') return seen;
  restart(lab, planned.host);
  return stepOf(planned).look(lab.portsOn(planned.host), planned.input, run);
}

/** Work that goes on by itself is over as soon as it is asked for: time costs nothing here. */
export async function apply(
  lab: InProcessLab,
  planned: PlannedStep,
  before: Json,
  run = THIS_RUN,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await stepOf(planned).apply(
        lab.portsOn(planned.host),
        planned.input,
        contextOf(planned, before, run),
      );
    } catch (error) {
      if (!(error instanceof TransientError) || tries > 20) throw error;
    }
  }
}

export async function undo(lab: InProcessLab, { planned, step, before }: Walked): Promise<void> {
  await step.undo?.(lab.portsOn(planned.host), planned.input, contextOf(planned, before.observed));
}

export function restart(lab: InProcessLab, name: string): void {
  const host = lab.laboratory.estate.hosts[name];
  if (host) host.restartsAt = 0;
  lab.laboratory.tick();
  lab.laboratory.tick();
}

export function stepOf(planned: PlannedStep): Step {
  const step = [...stepsOf(procedure), ...stepsOf(verification)].find(({ id }) => id === planned.id);
  if (!step) throw new Error(`No step ${planned.id}`);
  return step;
}

function contextOf(planned: PlannedStep, before: Json, run = THIS_RUN): ApplyContext<Json> {
  return { ...run, before, journal: `ssis-ha\\sample\\${planned.key}\\${run.tries}` };
}

/** What every step of a walk is told of the run that it belongs to. */
export const THIS_RUN = { runId: '00000000-0000-0000-0000-000000000000', tries: 1 };
