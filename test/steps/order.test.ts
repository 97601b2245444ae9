import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import type { Site } from '../../activities/site.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Json, PlannedStep } from '../../workflows/contract.ts';
import { HostLocks } from '../../workflows/host-locks.ts';
import { inOrder } from '../../workflows/in-order.ts';
import { openInProcessLab } from '../lab/in-process.ts';
import { sampleSites } from '../sample-sites.ts';
import { drawnSites } from './drawn-sites.ts';
import { mayOverlap, Ordered } from './ordered.ts';
import { servicesOf } from './services-of-steps.ts';

/** What must have come to its end on every host, or on the same one, before what may begin. */
type Constraint = readonly [sentence: string, first: string, then: string, on?: 'same host'];

/** Source: domain facts, C5, C7, C9 to C11 and the preconditions of section 5, each named. */
const CONSTRAINTS: readonly Constraint[] = [
  [
    '1.2: the nodes are validated with the feature on all of them',
    'install-clustering-feature',
    'validate-nodes',
  ],
  ['1.2: the cluster is made of validated nodes', 'validate-nodes', 'create-cluster'],
  [
    '1.3: the computer objects are there before the cluster takes one',
    'prepare-computer-objects',
    'create-cluster',
  ],
  ['1.5: the witness votes before any engine depends on the quorum', 'set-witness', 'enable-always-on'],
  [
    'C5: the certificate comes before setup on the first node',
    'create-master-certificate',
    'install-on-primary',
  ],
  [
    'C5: the PFX is there before another node takes it',
    'share-master-certificate',
    'import-master-certificate',
  ],
  [
    'C5: the certificate comes before setup there',
    'import-master-certificate',
    'install-on-secondary',
    'same host',
  ],
  [
    '2.2: the exchange is emptied when the last node has its certificate',
    'import-master-certificate',
    'clear-exchange',
  ],
  [
    'C11: the engine has its certificate before the first verified connection',
    'configure-engine',
    'enable-clr',
  ],
  ['C11: as on the other nodes', 'configure-engine-on-secondary', 'create-master-login', 'same host'],
  ['2.3: a fixed port comes before the endpoint', 'configure-engine-on-secondary', 'create-endpoint'],
  ['2.4: SSISDB is made with CLR enabled', 'enable-clr', 'create-ssisdb'],
  ['2.5: Scale Out is enabled beside an installed Master (27261)', 'install-on-primary', 'enable-scale-out'],
  ['2.5: Scale Out is enabled in an SSISDB that is there', 'create-ssisdb', 'enable-scale-out'],
  [
    '2.4: the master key is backed up before anything depends on it',
    'back-up-master-key',
    'enable-scale-out',
  ],
  ['2.7: the ports are open before workers start anew', 'open-firewall', 'configure-worker'],
  ['C5: Scale Out is enabled before SSISDB joins the group', 'enable-scale-out', 'create-group'],
  ['C5: every node is set up before the group', 'install-on-secondary', 'create-group'],
  ['2.6: the Master may sign in everywhere before the group', 'create-master-login', 'create-group'],
  ['3: the Master is at rest before anything could start it', 'hold-master-service', 'create-role'],
  ['4.1: a node is a member of the cluster before Always On', 'create-cluster', 'enable-always-on'],
  ['4.2: endpoints come after Always On', 'enable-always-on', 'create-endpoint'],
  ['4.5: the password is proven before the group', 'prove-master-key-password', 'create-group'],
  ['C10: SSISDB is checked and backed up before the group', 'prepare-ssisdb', 'create-group'],
  ['4.4: copies are seeded by a group that is there', 'create-group', 'seed-secondary'],
  ['4.5: the password is stored after the join', 'seed-secondary', 'store-master-key-password'],
  [
    '4.6: the listener comes after the password: a failover is safe then',
    'store-master-key-password',
    'create-listener',
  ],
  [
    'C10: log back-ups run before the run goes on to use SSISDB',
    'create-backup-jobs',
    'enable-always-on-support',
  ],
  ['C5: Always On support comes after SSISDB is in the group', 'seed-secondary', 'enable-always-on-support'],
  [
    '4.7: the owner of the jobs is there before the jobs',
    'match-server-objects',
    'create-failover-monitor-job',
  ],
  [
    '4.7: the jobs come before support is declared',
    'create-failover-monitor-job',
    'enable-always-on-support',
  ],
  ['C5: the group comes before the settings of the Master', 'create-listener', 'point-master-at-listener'],
  ['6.1: the log login is there, since Scale Out is enabled', 'enable-scale-out', 'set-log-password'],
  ['6.2: the login is copied with its final password', 'set-log-password', 'match-log-login'],
  ['6.3: workers are told of a login that every replica has', 'match-log-login', 'set-log-connection'],
  ['6.3: or of the account of the workers', 'grant-worker-log-login', 'set-log-connection'],
  ['6.3: with its rights in SSISDB', 'grant-worker-log-account', 'set-log-connection'],
  ['C5: the role comes after the settings of every Master', 'point-master-at-listener', 'create-role'],
  ['C5: the role comes after the log connection', 'set-log-connection', 'create-role'],
  ['C5: the address comes after the role', 'create-role', 'set-master-address'],
  ['4.6, 7: how names are registered is settled before workers use them', 'tune-role', 'configure-worker'],
  ['C5: workers come after the address', 'set-master-address', 'configure-worker'],
  ['9.3: every node trusts a worker before it starts anew', 'trust-workers', 'configure-worker'],
  ['9.3: a worker is enabled once it is configured', 'configure-worker', 'enable-worker', 'same host'],
  ['10: what is proven is enabled', 'enable-worker', 'deploy-probe-package'],
  ['10: every worker is proven before a drill', 'prove-worker', 'drill-role-move'],
  ['10: every worker is proven before a drill of SSISDB', 'prove-worker', 'drill-group-failover'],
  ['10: D2 follows D1', 'drill-role-move', 'drill-group-failover'],
  ['10: D3 follows D2', 'drill-group-failover', 'drill-crossed'],
  ['10: what is killed comes after what is moved', 'drill-crossed', 'drill-service-kill'],
  ['10: the loss of a node comes last', 'drill-service-kill', 'drill-node-loss'],
];

const planFor = async (site: Site): Promise<readonly PlannedStep[]> =>
  (await makePlan(procedure, site as unknown as Json, { version: '0', scripts: '0' })).steps;

/** The same sites for every constraint: a plan is dear, and a constraint is not. */
const plans = await Promise.all(fc.sample(drawnSites, { numRuns: 50, seed: 5 }).map(planFor));
const ordering = new Map(plans.map((plan) => [plan, new Ordered(plan)]));

describe('in every plan', () => {
  test.each(
    CONSTRAINTS.map(
      ([sentence, first, then, on = 'every host']) => [sentence, { first, later: then, on }] as const,
    ),
  )('%s', (_sentence, { first, later, on }) => {
    let pairs = 0;
    for (const plan of plans) {
      const early = plan.filter(({ id }) => id === first);
      const late = plan.filter(({ id }) => id === later);
      for (const [one, other] of early.flatMap((step) => late.map((follower) => [step, follower] as const))) {
        if (on === 'same host' && one.host !== other.host) continue;
        const isHeld = ordering.get(plan)?.isBefore(one.key, other.key) ?? false;
        expect(isHeld, `${other.key} does not wait for ${one.key}`).toBe(true);
        pairs += 1;
      }
    }
    expect(pairs).toBeGreaterThan(0);
  });

  test('a step waits only for those that stand before it, and nothing is there twice', async () => {
    const property = fc.asyncProperty(drawnSites, async (site) => {
      const seen = new Set<string>();
      for (const step of await planFor(site)) {
        expect(step.after.filter((key) => !seen.has(key))).toEqual([]);
        expect(seen.has(step.key)).toBe(false);
        expect(step.holds).toContain(step.host);
        seen.add(step.key);
      }
    });
    await fc.assert(property, { numRuns: 40 });
  });

  test('nothing is changed before the whole preflight is done', () => {
    for (const plan of plans) {
      const checks = plan.filter(({ chapter }) => chapter === 0);
      const early = plan.filter(
        ({ kind, key }) =>
          kind === 'change' && checks.some((check) => !ordering.get(plan)?.isBefore(check.key, key)),
      );
      expect(early.map(({ key }) => key)).toEqual([]);
    }
  });

  test('a host does one thing at a time, however the steps interleave', async () => {
    const property = fc.asyncProperty(drawnSites, fc.scheduler(), async (site, scheduler) => {
      const plan = await planFor(site);
      const locks = new HostLocks();
      const busy = new Set<string>();
      const done = new Set<string>();
      const all = inOrder(plan, (step) =>
        locks.hold(step.holds, async () => {
          expect(step.after.filter((key) => !done.has(key))).toEqual([]);
          expect(step.holds.filter((host) => busy.has(host))).toEqual([]);
          step.holds.forEach((host) => busy.add(host));
          await scheduler.schedule(Promise.resolve(), step.key);
          step.holds.forEach((host) => busy.delete(host));
          done.add(step.key);
          return 'done' as const;
        }),
      );
      await scheduler.waitFor(all);
      expect(done.size).toBe(plan.length);
    });
    await fc.assert(property, { numRuns: 12 });
  });
});

describe.each(sampleSites.filter(({ site }) => site.workers.length < 10))('on $name', (sample) => {
  test('no service that a step needs is down while it runs', async () => {
    const lab = openInProcessLab(sample.site, sample.beginning);
    try {
      const steps = await servicesOf(lab);
      const plan = steps.map(({ planned }) => planned);
      const ordered = new Ordered(plan);
      const clashes = steps.flatMap((one) =>
        steps
          .filter((other) => one !== other && mayOverlap(one.planned, other.planned, ordered))
          .flatMap((other) => {
            const down = [...one.takesDown].filter((service) => other.needs.has(service));
            return down.map((service) => `${one.planned.key} takes ${service} from ${other.planned.key}`);
          }),
      );
      expect(clashes).toEqual([]);
    } finally {
      lab.close();
    }
  });
});
