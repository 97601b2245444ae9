import { afterEach, describe, expect, test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { stepsOf } from '../../activities/steps/index.ts';
import { verification } from '../../activities/steps/verification.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import { Stage } from '../../lab/scenarios/scenario.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { siteWith } from './estate-at.ts';
import { look, planOf, THIS_RUN, walk } from './walk.ts';

const DAY_MS = 86_400_000;
const BUILD = { version: '0', scripts: '0' };

let lab: InProcessLab;
afterEach(() => lab.close());

async function finished(site: Site = siteSchema.parse(sampleSite())): Promise<Stage> {
  lab = openInProcessLab(site);
  await walk(lab, ({ id }) => id === 'deploy-probe-package');
  return new Stage(lab.laboratory.estate, lab.site, lab.sealer);
}

async function looks(): Promise<readonly Look[]> {
  const { steps } = await makePlan(verification, lab.site as unknown as Json, BUILD);
  return Promise.all(steps.map((planned) => seen(planned)));
}

async function seen(planned: PlannedStep): Promise<Look> {
  const step = stepsOf(verification).find(({ id }) => id === planned.id);
  if (!step) throw new Error(`No step ${planned.id}`);
  return step.look(lab.portsOn(planned.host), planned.input, THIS_RUN);
}

async function differing(): Promise<string[]> {
  const cells = (await looks()).flatMap(({ truth }) => truth ?? []);
  return cells
    .filter(({ agrees }) => !agrees)
    .map(({ place, where, mendedBy }) => `${place} on ${where}: ${mendedBy}`);
}

async function warnings() {
  return (await looks()).flatMap(({ warnings: told }) => told ?? []);
}

const messages = async () => (await warnings()).map(({ message }) => message);

describe('a healthy estate has no disagreement and no warning', () => {
  const shapes: Readonly<Record<string, Site>> = {
    'of two nodes': siteSchema.parse(sampleSite()),
    'with back-ups of its own': siteWith((site) => (site.catalog.backups.by = 'external')),
    'with a named instance': siteWith((site) => (site.instance.name = 'SSIS')),
    'of three nodes without a witness': siteWith((site) => {
      site.nodes.push({ name: 'NODE-C', ip: '10.10.0.13', first: false });
      site.cluster.witness = { kind: 'none' };
    }),
  };

  test.each(Object.keys(shapes))('%s', async (name) => {
    await finished(shapes[name]);
    const before = lab.picture();
    expect(await differing()).toEqual([]);
    expect(await messages()).toEqual([]);
    expect(lab.picture()).toBe(before);
  });
});

/** What is told as well of a Master that no longer reaches SSISDB, and so has not told it who it is. */
const CUT_OFF: ReadonlySet<string> = new Set([
  'machine-name on primary: create-role@NODE-A',
  'service-port on primary: check-master-settings-agree@NODE-A',
  'certificate-told on primary: check-master-settings-agree@NODE-A',
]);

describe('drift is told at its place, with the step that mends it:', () => {
  const byScenario = (name: string) => (stage: Stage) =>
    scenarios.find((scenario) => scenario.name === name)?.spoil(stage);

  const drifts: readonly (readonly [string, (stage: Stage) => unknown, readonly string[]])[] = [
    [
      '1, certificate lost',
      byScenario('master-certificate-lost'),
      ['certificate-names on NODE-B: import-master-certificate@NODE-B'],
    ],
    [
      '1, certificate that has run out',
      byScenario('master-certificate-expired'),
      [
        'certificate-names on NODE-A: create-master-certificate@NODE-A',
        'certificate-names on NODE-B: import-master-certificate@NODE-B',
      ],
    ],
    [
      '2, thumbprint in MasterSettings.config',
      byScenario('settings-name-another-certificate'),
      ['settings-thumbprint on NODE-B: check-master-settings-agree@NODE-B'],
    ],
    [
      '2, server in MasterSettings.config',
      byScenario('settings-name-another-server'),
      ['settings-server on NODE-B: point-master-at-listener@NODE-B'],
    ],
    [
      '3, client access point',
      ({ role }) => {
        for (const { type, parameters } of Object.values(role.resources))
          if (type === 'Network Name') parameters['DnsName'] = 'SSIS-OTHER';
      },
      [
        'access-point on cluster: create-role@NODE-A',
        ...['NODE-A', 'NODE-B', 'WORKER-1', 'WORKER-2'].map(
          (host) => `presented on ${host}: create-role@NODE-A`,
        ),
      ],
    ],
    [
      '4, DNS answer',
      ({ estate }) => void (estate.directory.dns['ssis-master'] = { addresses: ['203.0.113.9'] }),
      ['NODE-A', 'NODE-B', 'WORKER-1', 'WORKER-2'].map((host) => `dns-answer on ${host}: create-role@NODE-A`),
    ],
    [
      '5, listener',
      ({ group }) => void (group.listener && (group.listener.port = 1444)),
      ['listener on primary: create-listener@primary'],
    ],
    [
      '6, address of the Master in SSISDB',
      byScenario('address-of-the-master-old'),
      ['master-address on primary: set-master-address@primary'],
    ],
    [
      '7, log connection string',
      byScenario('log-connection-names-a-server'),
      ['log-connection on primary: set-log-connection@primary'],
    ],
    [
      '7, log connection string with a stray bracket',
      byScenario('log-connection-with-stray-bracket'),
      ['log-connection on primary: set-log-connection@primary'],
    ],
    [
      '8, endpoint of a worker',
      byScenario('worker-points-elsewhere'),
      ['worker-endpoint on WORKER-2: configure-worker@WORKER-2'],
    ],
    [
      '8, trust of a worker',
      byScenario('worker-trusts-no-master'),
      ['worker-trust on WORKER-2: configure-worker@WORKER-2'],
    ],
  ];

  test.each(drifts)('%s', async (_name, spoil, told) => {
    spoil(await finished());
    const before = lab.picture();
    const found = (await differing()).filter((line) => !CUT_OFF.has(line));
    expect(found.toSorted()).toEqual(told.toSorted());
    expect(lab.picture()).toBe(before);
    const mending = new Set(told.map((line) => line.split(': ')[1]));
    const planned = (await planOf(lab)).filter(({ key }) => mending.has(key));
    expect(planned).toHaveLength(mending.size);
    for (const step of planned) {
      const seenNow = await look(lab, step).catch((error: Error) => ({ shortfall: [error.message] }));
      expect(seenNow.shortfall).not.toEqual([]);
    }
  });
});

describe('ahead lies', () => {
  const endsIn = (days: number) => new Date(Date.now() + days * DAY_MS + 60_000).toISOString();

  test('the end of a certificate, by the smallest threshold that is passed', async () => {
    const stage = await finished();
    stage.masterCertificate(stage.second).notAfter = endsIn(25);
    expect(await messages()).toEqual([
      expect.stringMatching(
        /^The certificate of ssis-master\.lab\.example on NODE-B ends on .*less than 30 days$/,
      ),
    ]);
    stage.masterCertificate(stage.second).notAfter = endsIn(6);
    expect(await messages()).toEqual([expect.stringContaining('less than 7 days')]);
    stage.masterCertificate(stage.second).notAfter = endsIn(91);
    expect(await messages()).toEqual([]);
  });

  test('by the thresholds of the site file', async () => {
    const stage = await finished(
      siteWith((site) => (site.verify = { everyMinutes: 60, certificateDaysLeft: [200] })),
    );
    const own = stage.worker.certificates.find(({ store }) => store === 'My');
    if (own) own.notAfter = endsIn(150);
    expect(await messages()).toEqual([expect.stringContaining('the worker on WORKER-2 ends on')]);
  });

  test('a certificate of an engine that has ended: that is over, and no warning only', async () => {
    const stage = await finished();
    for (const certificate of stage.second.certificates)
      if (certificate.store === 'My' && certificate.dnsNames.some((name) => name.startsWith('node-b')))
        certificate.notAfter = '2020-01-01T00:00:00.000Z';
    expect(await warnings()).toMatchObject([
      {
        where: 'NODE-B',
        isOver: true,
        message: expect.stringContaining('has ended on 2020-01-01') as string,
      },
    ]);
    const over = (await looks()).filter(({ shortfall }) => shortfall.length > 0);
    expect(over).toHaveLength(1);
  });

  test.each<readonly [string, (stage: Stage) => unknown, string]>([
    ['a log drive that fills', ({ first }) => (first.freeGb['F'] = 4), 'F: of NODE-A has 4 GB free'],
    ['a lost witness', ({ cluster }) => (cluster.witness = { kind: 'none', at: null }), 'has no witness'],
    [
      'a worker that is silent',
      (stage) => {
        stage.service(stage.worker, 'SSISScaleOutWorker').state = 'Stopped';
        for (const agent of Object.values(stage.catalog.workers))
          agent.lastOnlineAt = Date.now() - 3 * DAY_MS;
      },
      'The worker on WORKER-2 has not reported for 3 days',
    ],
    [
      'a worker that takes no tasks',
      ({ catalog }) => {
        for (const agent of Object.values(catalog.workers))
          if (agent.machineName.startsWith('WORKER-1')) agent.enabled = false;
      },
      'The worker on WORKER-1 is disabled',
    ],
    [
      'another build',
      (stage) => (stage.engineOf(stage.second).version = '16.0.4175.1'),
      'The engine on NODE-B is of build 16.0.4175.1, the site file says 16.0.4165.4',
    ],
    [
      'an update that waits',
      ({ first }) => (first.pendingUpdates = ['SQL Server 2022 RTM Cumulative Update (CU) 16 (KB5048033)']),
      '(KB5048033) waits on NODE-A',
    ],
    [
      'an update in the folder of updates',
      ({ second, site }) => {
        const folder = second.media[site.product.updates];
        second.media[site.product.updates] = {
          version: 2022,
          edition: 'Developer',
          ...folder,
          build: '16.0.4175.1',
        };
      },
      '(build 16.0.4175.1) waits on NODE-B',
    ],
    [
      'back-ups that have stopped',
      (stage) => {
        for (const host of [stage.first, stage.second]) {
          const { backups, scriptedBackups, jobs } = stage.engineOf(host);
          for (const job of Object.values(jobs)) job.enabled = false;
          for (const backup of [...backups, ...(scriptedBackups?.taken ?? [])])
            backup.finishedAt -= 5 * DAY_MS;
        }
      },
      'The newest full back-up of SSISDB is 5 days old',
    ],
  ])('%s', async (_name, spoil, told) => {
    spoil(await finished());
    const [first, ...rest] = await warnings();
    expect(first).toMatchObject({
      message: expect.stringContaining(told) as string,
      advice: expect.stringMatching(/^[A-Z].*\.$/) as string,
      isOver: false,
    });
    expect(rest.length).toBeLessThanOrEqual(1);
  });
});

test('SSISDB that was kept out of the way of an update is seeded and joined again by a run, as is promised', async () => {
  const stage = await finished();
  const { sql } = lab.portsOn('NODE-A');
  await sql.run('removeSsisdbFromGroup', { group: lab.site.availabilityGroup.name });
  delete stage.engineOf(stage.second).databases['SSISDB'];
  await walk(lab, ({ id }) => id === 'deploy-probe-package');
  expect(await differing()).toEqual([]);
  expect(await messages()).toEqual([]);
});

test('jobs that run keep their back-ups as young as their schedule says', async () => {
  const stage = await finished();
  const { backups, scriptedBackups } = stage.engineOf(stage.first);
  for (const backup of [...backups, ...(scriptedBackups?.taken ?? [])]) backup.finishedAt -= 5 * DAY_MS;
  stage.database(stage.first).fullSince = Date.now() - 30 * DAY_MS;
  expect(await messages()).toEqual([]);
  stage.service(stage.first, 'SQLSERVERAGENT').state = 'Stopped';
  for (const backup of scriptedBackups?.taken ?? []) backup.finishedAt -= 5 * DAY_MS;
  expect(await messages()).toEqual([
    expect.stringContaining('The newest full back-up of SSISDB is') as string,
    expect.stringContaining('The newest log back-up of SSISDB is') as string,
  ]);
});

test('eight nodes and forty workers are looked at with inputs that a run can carry', async () => {
  lab = openInProcessLab();
  const site = siteWith((given) => {
    given.nodes = Array.from({ length: 8 }, (_each, at) => ({
      name: `NODE-WITH-NAME${at}`,
      ip: `10.10.0.${30 + at}`,
      first: at === 0,
    }));
    given.workers = Array.from({ length: 40 }, (_each, at) => ({
      name: `WORKER-NAMED-${at}`,
      ip: `10.10.1.${30 + at}`,
      maxTasks: 10,
    }));
    given.scaleOutMaster.preferredOwners = given.nodes.map(({ name }) => name);
  });
  const { steps } = await makePlan(verification, site as unknown as Json, BUILD);
  expect(steps).toHaveLength(2 * (1 + 8 + 40));
});
