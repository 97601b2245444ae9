import { afterEach, describe, expect, test } from 'vitest';
import { siteSchema, type Site } from '../../activities/site.ts';
import type { StepAsItStands } from '../../src/by-hand/write-steps.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSites } from '../sample-sites.ts';
import { sampleSite } from '../site-builder.ts';
import { look, planOf, walk } from '../steps/walk.ts';
import { exported, planFor, runByHand, type HandFile } from './export-and-run.ts';
import { agreeing, type Person } from './in-process-hand.ts';

const PATIENCE_MS = 300_000;
const SAMPLE = siteSchema.parse(sampleSite());

let lab: InProcessLab | null = null;
afterEach(() => {
  lab?.close();
  lab = null;
});

/** A run that has done its first steps, and then stands as said. */
async function standing(
  site: Site,
  done: number,
  next: Partial<StepAsItStands> = {},
): Promise<{ readonly lab: InProcessLab; readonly steps: readonly StepAsItStands[] }> {
  lab = openInProcessLab(site);
  const plan = await planOf(lab);
  const keys = plan.slice(0, done).map(({ key }) => key);
  await walk(lab, ({ key }) => !keys.includes(key));
  const steps = plan.map(({ key }, at): StepAsItStands => {
    const state = at < done ? 'changed' : 'pending';
    return { key, state, tries: 1, problem: null, ...(at === done ? next : {}) };
  });
  return { lab, steps };
}

async function runAll(on: InProcessLab, files: readonly HandFile[]): Promise<Person> {
  const person = agreeing();
  for (const file of files) await runByHand(on, file, person);
  return person;
}

/** What every step of the plan still misses. */
async function missingOn(on: InProcessLab): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const planned of await planOf(on)) {
    const { shortfall } = await look(on, planned);
    missing.push(...shortfall.map((what) => `${planned.key}: ${what}`));
  }
  return missing;
}

describe('what a run has left, run by hand', () => {
  test.each([
    ['at its beginning', 0],
    ['after the preflight', 43],
    ['in the middle of the nodes', 60],
    ['in the middle of the group', 80],
    ['among the workers', 103],
    ['three steps before its end', 115],
  ])('finishes the estate of the sample site %s', { timeout: PATIENCE_MS }, async (_when, done) => {
    const { lab: on, steps } = await standing(SAMPLE, done);
    const person = await runAll(on, await exported(SAMPLE, steps));
    expect(await missingOn(on)).toEqual([]);
    expect(person.said.filter((line) => /^\? (Several|This value)|Go on all the same/.test(line))).toEqual(
      [],
    );
  });

  test.each(['node-as-worker', 'several-subnets', 'named-instance', 'managed-accounts', 'existing-ssisdb'])(
    'finishes the estate of docs/sites/%s, also where something stands there that no paper knows of',
    { timeout: PATIENCE_MS },
    async (name) => {
      const sample = sampleSites.find((site) => site.name === name);
      if (!sample) throw new Error(`No sample ${name}`);
      const files = await exported(sample.site, []);
      lab = openInProcessLab(sample.site, sample.beginning);
      await runAll(lab, files);
      expect(await missingOn(lab)).toEqual([]);
    },
  );

  test('says where the run was stuck, and what it asked for', { timeout: PATIENCE_MS }, async () => {
    const problem = { kind: 'operator', message: 'The share is full', advice: 'Make room.' } as const;
    const { lab: on, steps } = await standing(SAMPLE, 80, { state: 'stuck', problem, tries: 2 });
    const [first] = await exported(SAMPLE, steps);
    expect(first?.text).toContain('# The run was stuck here: The share is full\n# Make room.\n');
    if (first) await runByHand(on, first, agreeing());
    expect((await look(on, plannedOf(await planOf(on), first))).shortfall).toEqual([]);
  });

  test('is what an undo has taken back, and not what it had to leave', { timeout: PATIENCE_MS }, async () => {
    const plan = await planFor(SAMPLE);
    const steps = plan.steps.map(({ key, undo }): StepAsItStands => {
      const state = undo.kind === 'kept' ? 'kept' : 'undone';
      return { key, state, tries: 1, problem: null };
    });
    const written = new Set((await exported(SAMPLE, steps)).map(({ stepKey }) => stepKey));
    expect(written.has('install-on-primary@NODE-A')).toBe(false);
    expect(written.has('create-cluster@NODE-A')).toBe(true);
  });

  test('leaves alone what is in place when it is run again', { timeout: PATIENCE_MS }, async () => {
    const { lab: on, steps } = await standing(SAMPLE, 103);
    const files = await exported(SAMPLE, steps);
    await runAll(on, files);
    const before = on.picture();
    const again = await runAll(on, files);
    expect(again.said.filter((line) => line.startsWith('?'))).toEqual([]);
    expect(on.picture()).toBe(before);
  });

  test('changes nothing where the person does not agree', { timeout: PATIENCE_MS }, async () => {
    const { lab: on, steps } = await standing(SAMPLE, 45);
    const [file] = await exported(SAMPLE, steps);
    const before = on.picture();
    const refusing = agreeing((question) => (question.includes('yes to go on') ? 'no' : null));
    if (!file) throw new Error('Nothing is left');
    await expect(runByHand(on, file, refusing)).rejects.toThrow('Not agreed to');
    expect(on.picture()).toBe(before);
  });
});

function plannedOf(plan: readonly PlannedStep[], file: HandFile | undefined): PlannedStep {
  const planned = plan.find(({ key }) => key === file?.stepKey);
  if (!planned) throw new Error('The file is of no step');
  return planned;
}
