import { siteSchema, type Site } from '../../activities/site.ts';
import type { Step } from '../../activities/step.ts';
import type { Chapter } from '../../activities/steps/chapter.ts';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import type { Estate } from '../../lab/model/estate.ts';
import type { LedgerEntry } from '../../lab/store.ts';
import { openInProcessLab, type InProcessLab } from '../../test/lab/in-process.ts';
import { sampleSite } from '../../test/site-builder.ts';
import { siteFor } from '../../test/steps/sites.ts';
import { perform, planOf, undo, type Walked } from '../../test/steps/walk.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';

/** Scripts in the order of their first run, each with what came of it on the sample estate. */
export type Ran = ReadonlyMap<string, LedgerEntry['outcome']>;

/** What one step did when the procedure was performed. */
export interface PerformedStep {
  readonly step: Step;
  readonly chapter: Chapter;
  /** One on each host. */
  readonly planned: readonly PlannedStep[];
  /** What differs from the sample site, so that there is a place for the step; empty on the sample site. */
  readonly settings: readonly string[];
  /** What was seen on the first host before anything was changed there. */
  readonly before: Look;
  readonly ran: Ran;
  readonly ranByUndo: Ran;
}

/**
 * Performs the whole procedure on the simulated estate of the sample site, and what that has no place for on
 * sites that have. Answers the steps in the order of the procedure. Each is also taken back, to see how, and
 * the estate is put as it was before that.
 */
export async function performProcedure(): Promise<readonly PerformedStep[]> {
  const performed = new Map<string, PerformedStep>();
  for (const site of new Set(stepsOf(procedure).map((step) => siteFor(step)))) {
    const lab = openInProcessLab(site);
    try {
      for (const done of await performOn(lab)) {
        if (siteFor(done.step) === site) performed.set(done.step.id, done);
      }
    } finally {
      lab.close();
    }
  }
  return stepsOf(procedure).flatMap(({ id }) => performed.get(id) ?? []);
}

async function performOn(lab: InProcessLab): Promise<PerformedStep[]> {
  const plan = await planOf(lab);
  const performed: PerformedStep[] = [];
  for (const chapter of procedure) {
    for (const step of chapter.steps) {
      const planned = plan.filter(({ id }) => id === step.id);
      if (planned.length > 0) performed.push(await performStep(lab, { step, chapter, planned }));
    }
  }
  return performed;
}

async function performStep(
  lab: InProcessLab,
  placed: Pick<PerformedStep, 'step' | 'chapter' | 'planned'>,
): Promise<PerformedStep> {
  const walked: Walked[] = [];
  const ran = await ranDuring(lab, async () => {
    for (const planned of placed.planned) walked.push(await perform(lab, planned));
  });
  const [first] = walked;
  if (!first) throw new Error(`${placed.step.id} was performed nowhere`);
  const settings = settingsFor(placed.step, lab.site);
  return { ...placed, settings, before: first.before, ran, ranByUndo: await ranByUndoOf(lab, walked) };
}

/** Takes the step back to see what that runs, and goes on as if it had not. */
async function ranByUndoOf(lab: InProcessLab, walked: readonly Walked[]): Promise<Ran> {
  const { state } = lab.laboratory.store;
  const kept = JSON.stringify(state.estate);
  const ran = await ranDuring(lab, async () => {
    for (const done of walked.toReversed()) await undo(lab, done);
  });
  state.estate = JSON.parse(kept) as Estate;
  return ran;
}

async function ranDuring(lab: InProcessLab, work: () => Promise<void>): Promise<Ran> {
  const { store } = lab.laboratory;
  const from = store.ledger.length;
  await work();
  const ran = new Map<string, LedgerEntry['outcome']>();
  for (const { script, outcome } of store.ledger.slice(from)) {
    if (!ran.has(script) || outcome === 'changed') ran.set(script, outcome);
  }
  return ran;
}

/** Of what a site says otherwise than the sample site: the one setting that makes a place for the step, or all. */
function settingsFor(step: Step, site: Site): string[] {
  const sample = siteSchema.parse(sampleSite());
  if (step.on(sample).length > 0) return [];
  const differences = differencesOf(sample, site, []);
  const enough = differences.find(({ path, value }) => step.on(withValue(sample, path, value)).length > 0);
  return (enough ? [enough] : differences).map(
    ({ path, value }) => `${path.join('.')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

interface Difference {
  readonly path: readonly string[];
  readonly value: Json;
}

function differencesOf(one: unknown, other: unknown, path: readonly string[]): Difference[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (!isRecord(one) || !isRecord(other)) return [{ path, value: other as Json }];
  return Object.keys(other).flatMap((key) => differencesOf(one[key], other[key], [...path, key]));
}

function withValue(site: Site, path: readonly string[], value: Json): Site {
  const changed = structuredClone(site);
  let parent: Record<string, unknown> = changed;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const [last = ''] = path.slice(-1);
  parent[last] = value;
  return changed;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
