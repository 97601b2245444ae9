import { afterEach, describe, expect, test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { procedure } from '../../activities/steps/index.ts';
import { estateOf } from '../../src/web/views/picture/estate.ts';
import { layoutOf, type Box } from '../../src/web/views/picture/layout.ts';
import { PictureView } from '../../src/web/views/picture-view.tsx';
import { rendered } from '../../src/web/views/rendered.ts';
import type { Fact, Json, Plan, StepState } from '../../workflows/contract.ts';
import { shownRun, stepWith } from '../cli/snapshots.ts';
import { sampleSites } from '../sample-sites.ts';
import { applied, closeLab, labUpTo, open, planned } from '../steps/estate-at.ts';
import { look, planOf } from '../steps/walk.ts';
import { sightWith } from './sights.ts';

afterEach(closeLab);

const planFor = (site: unknown): Promise<Plan> =>
  makePlan(procedure, site as Json, { version: '0', scripts: '0' });

/** A run whose steps told these facts, one after another. */
function sightTold(plan: Plan | null, told: readonly (readonly Fact[])[], state: StepState = 'changed') {
  const steps = told.map((facts, nth) =>
    stepWith({
      id: `teller-${nth}`,
      state,
      seen: { at: new Date(Date.UTC(2030, 0, 1, 10, 0, nth)).toISOString(), facts },
    }),
  );
  return sightWith({ plan, run: shownRun({ steps }) });
}

/** What every step of the in-process lab tells now. */
async function factsNow(): Promise<readonly (readonly Fact[])[]> {
  const told: (readonly Fact[])[] = [];
  for (const step of await planOf(open())) {
    const seen = await look(open(), step).catch(() => null);
    if (seen?.facts) told.push(seen.facts);
  }
  return told;
}

describe('over the lab', () => {
  test('shows an estate whole, and where the Master is when a drill has ended badly', async () => {
    const at = await labUpTo('drill-role-move');
    const plan = await planFor(open().site);
    const before = estateOf(sightTold(plan, await factsNow()));
    expect(before.role).toMatchObject({ name: 'SSIS-MASTER', standing: 'there', owner: 'NODE-A' });
    expect(before.nodes).toMatchObject([
      { name: 'NODE-A', state: 'Up', votes: 1, isPrimary: true, runsMaster: true },
      { name: 'NODE-B', state: 'Up', votes: 1, isPrimary: false, runsMaster: false, copy: { isReady: true } },
    ]);
    expect(before.listener).toMatchObject({ standing: 'there', isOnline: true });
    expect(before.witness).toMatchObject({ standing: 'there', isOnline: true });
    for (const worker of before.workers) {
      expect(worker).toMatchObject({
        trustsMaster: true,
        intake: { isEnabled: true, isOnline: true },
        trustedBy: ['NODE-A', 'NODE-B'],
      });
    }
    const node = at.at('NODE-B');
    node.certificates = node.certificates.filter(({ subject }) => !subject.includes('WORKER-2'));
    const [drill] = await planned('drill-role-move');
    await expect(applied(drill)).rejects.toThrow('WORKER-2');
    const after = sightTold(plan, await factsNow());
    expect(estateOf(after).role.owner).toBe('NODE-B');
    expect(estateOf(after).nodes.map(({ runsMaster }) => runsMaster)).toEqual([false, true]);
    const html = rendered(PictureView(after));
    expect(html).toContain('✔ on NODE-B');
    expect(html).toContain('○ trusts 1 of 2 workers');
    expect(html).toContain('○ not trusted by NODE-B');
  });

  test('says what is to come while the estate is being built', async () => {
    await labUpTo('create-listener');
    const plan = await planFor(open().site);
    const sight = sightTold(plan, await factsNow());
    const estate = estateOf(sight);
    expect(estate.cluster.standing).toBe('there');
    expect(estate.listener.standing).toBe('to come');
    expect(estate.nodes.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
    expect(rendered(PictureView(sight))).toContain('· to come');
  });
});

test('what nobody has looked at is not known; what was looked for in vain is to come while the run goes on', async () => {
  const plan = await planFor(sampleSites[0]?.site);
  const nothing = estateOf(sightTold(plan, []));
  expect(nothing.cluster.standing).toBe('not known');
  expect(new Set(nothing.nodes.map(({ standing }) => standing))).toEqual(new Set(['not known']));
  const sight = sightTold(plan, [[{ about: 'cluster', of: 'C', isThere: false }]]);
  expect(estateOf(sight).cluster.standing).toBe('to come');
  const over = { ...sight, run: { ...sight.run, endedAt: '2030-01-01T11:00:00.000Z' } };
  expect(estateOf(over).cluster.standing).toBe('not there');
});

test('the latest look counts, whatever the cases of a name and the order of the steps', () => {
  const on = (owner: string): readonly Fact[] => [{ about: 'role', of: 'ROLE', owner, state: null }];
  const nodes = ['A', 'B'].map((of): Fact => ({ about: 'node', of, state: 'Up' }));
  const told = sightTold(null, [nodes, on('b'), on('a')]);
  expect(estateOf(told).nodes.map(({ runsMaster }) => runsMaster)).toEqual([true, false]);
  const turned = { ...told, run: { ...told.run, steps: told.run.steps.toReversed() } };
  expect(estateOf(turned)).toEqual(estateOf(told));
});

test('what a step is changing at the moment is said to be so', () => {
  const facts: readonly Fact[] = [{ about: 'role', of: 'ROLE', owner: 'A', state: 'Online' }];
  expect(estateOf(sightTold(null, [facts], 'applying')).role.isMoving).toBe(true);
  expect(estateOf(sightTold(null, [facts], 'probing')).role.isMoving).toBe(false);
});

test('a host that restarts is drawn so', () => {
  const facts: readonly Fact[] = [{ about: 'node', of: 'NODE-A', state: 'Up' }];
  expect(rendered(PictureView(sightTold(null, [facts], 'restarting')))).toContain('↻ restarting');
});

test.each(sampleSites)('nothing of $name lies upon anything else, at either width', async ({ site }) => {
  const estate = estateOf(sightTold(await planFor(site), []));
  for (const width of [1180, 350]) {
    const { nodes, workers, listener, role, witness, height } = layoutOf(estate, width);
    const boxes = [...nodes, ...workers, listener, role, ...(witness ? [witness] : [])];
    expect(boxes.length).toBe(estate.nodes.length + estate.workers.length + (witness ? 3 : 2));
    for (const [at, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(at + 1)) expect(overlaps(box, other)).toBe(false);
    }
  }
});

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

test('a hostile name is text', () => {
  const of = '</text><script>alert(1)</script>';
  const html = rendered(PictureView(sightTold(null, [[{ about: 'node', of, state: of }]])));
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
});
