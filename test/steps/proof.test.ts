import { afterEach, describe, expect, test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { siteSchema } from '../../activities/site.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Json, PlannedStep } from '../../workflows/contract.ts';
import { sampleSite } from '../site-builder.ts';
import { applied, closeLab, labUpTo, open, planned, seenAsItIs } from './estate-at.ts';
import { found } from './at-chapter-five.ts';
import { look, perform, planOf, stepOf, undo } from './walk.ts';

afterEach(closeLab);

const DRILLS = { roleMove: true, groupFailover: true, crossed: true, serviceKill: false, nodeLoss: false };

const catalogIn = () => found(Object.values(open().laboratory.estate.catalogs)[0]);

/** Looks as another run would. */
function seenByAnotherRun(step: PlannedStep) {
  return stepOf(step).look(open().portsOn(step.host), step.input, { runId: 'another run', tries: 1 });
}

describe('the probe package', () => {
  test('proves again for each run', async () => {
    await labUpTo('prove-worker');
    const [first] = await planned('prove-worker');
    await perform(open(), first);
    expect((await seenAsItIs(first)).shortfall).toEqual([]);
    expect((await seenByAnotherRun(first)).shortfall).toEqual(['No package has run on WORKER-1 in this run']);
  });

  test('is no proof without messages', async () => {
    const at = await labUpTo('prove-worker');
    const catalog = catalogIn();
    const stored = at.unseal(found(catalog.logConnection));
    catalog.logConnection = open().laboratory['sealer'].seal(stored.replace(/;$/, '];'));
    const [first] = await planned('prove-worker');
    await applied(first, undefined, '00000000-0000-0000-0000-000000000000');
    expect((await seenAsItIs(first)).shortfall).toEqual([expect.stringContaining('none of its messages')]);
  });

  test('that was lost to an interruption is started anew, and one that failed is told of', async () => {
    await labUpTo('prove-worker');
    const [first] = await planned('prove-worker');
    await perform(open(), first);
    const execution = found(Object.values(catalogIn().executions)[0]);
    Object.assign(execution, { status: 6, messages: 0 });
    expect((await seenAsItIs(first)).shortfall).toHaveLength(1);
    await perform(open(), first);
    expect((await seenAsItIs(first)).shortfall).toEqual([]);
    for (const one of Object.values(catalogIn().executions)) Object.assign(one, { status: 4, messages: 0 });
    await expect(seenAsItIs(first)).rejects.toMatchObject({
      message: expect.stringContaining('status 4 (failed)'),
    });
  });

  test('waits for a worker that is away, and runs when it is back', async () => {
    const at = await labUpTo('prove-worker');
    const [first] = await planned('prove-worker');
    const service = found(at.at('WORKER-1').services['SSISScaleOutWorker160']);
    service.state = 'Stopped';
    await applied(first, undefined, '00000000-0000-0000-0000-000000000000');
    expect((await seenAsItIs(first)).shortfall).toEqual([expect.stringContaining('waits for WORKER-1')]);
    service.state = 'Running';
    await look(open(), first);
    expect((await look(open(), first)).shortfall).toEqual([]);
  });

  test('is withdrawn with its folder by the undo, and an older version put back', async () => {
    await labUpTo('deploy-probe-package');
    const [step] = await planned('deploy-probe-package');
    catalogIn().folders['ssis-ha'] = {
      Probe: { version: 7, packages: ['Probe.dtsx'], versions: { 'Probe.dtsx': 'OLD' } },
    };
    expect((await seenAsItIs(step)).gate).toContain('new version');
    const before = JSON.stringify(catalogIn().folders);
    const walked = await perform(open(), step);
    expect(JSON.stringify(catalogIn().folders)).not.toBe(before);
    await undo(open(), walked);
    expect(JSON.stringify(catalogIn().folders)).toBe(before);
  });
});

describe('one truth', () => {
  test('names the place that disagrees', async () => {
    await labUpTo('check-one-truth');
    const [step] = await planned('check-one-truth');
    expect((await look(open(), step)).shortfall).toEqual([]);
    catalogIn().masterProperties['MASTER_ADDRESS'] = 'https://node-a.lab.example:8391';
    expect((await look(open(), step)).shortfall).toEqual([
      'MASTER_ADDRESS in SSISDB is https://node-a.lab.example:8391, not https://ssis-master.lab.example:8391',
    ]);
  });
});

describe('what a run can prove', () => {
  const planWith = (drill: Record<string, boolean>) =>
    makePlan(procedure, siteSchema.parse(sampleSite({ drill })) as unknown as Json, {
      version: '0',
      scripts: '0',
    });

  test('is failover only where all three drills are wanted', async () => {
    expect((await planWith(DRILLS)).canProveFailover).toBe(true);
    expect((await planWith({ ...DRILLS, crossed: false })).canProveFailover).toBe(false);
  });

  test('and a drill that is not wanted is not planned', async () => {
    const { steps } = await planWith({ ...DRILLS, crossed: false });
    expect(steps.map(({ id }) => id)).not.toContain('drill-crossed');
  });
});

test('eight nodes and forty workers stay within what one run may remember', async () => {
  const nodes = Array.from({ length: 8 }, (_each, at) => ({
    name: `NODE-WITH-NAME${at}`,
    ip: `10.10.0.${30 + at}`,
    first: at === 0,
  }));
  const workers = Array.from({ length: 40 }, (_each, at) => ({
    name: `WORKER-NAMED-${at}`,
    ip: `10.10.1.${30 + at}`,
    maxTasks: 10,
  }));
  const sample = sampleSite();
  const scaleOutMaster = {
    ...Object(sample['scaleOutMaster']),
    preferredOwners: nodes.map(({ name }) => name),
  };
  const site = siteSchema.parse({ ...sample, nodes, workers, scaleOutMaster });
  const { steps } = await makePlan(procedure, site as unknown as Json, { version: '0', scripts: '0' });
  const checks = steps.filter(({ kind }) => kind === 'check').length;
  const changes = steps.length - checks;
  // Scheduled, started, completed and the turn of the workflow: six events for each activity, of which a change has three.
  expect(checks * 6 + changes * 18).toBeLessThan(10_000);
  const ownSteps = workers.map(({ name }) =>
    steps.filter(({ host, chapter }) => host === name && chapter >= 9),
  );
  expect(Math.max(...ownSteps.map((own) => own.length))).toBeLessThanOrEqual(5);
});

test('every step of the sample site is planned once on each place', async () => {
  await labUpTo('install-clustering-feature');
  const keys = (await planOf(open())).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
