import { expect, test } from 'vitest';
import { makePlan, INPUT_LIMIT_BYTES } from '../../activities/plan.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Json } from '../../workflows/contract.ts';
import { wayBack } from '../../workflows/undo-forecast.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSites } from '../sample-sites.ts';
import { sampleSite } from '../site-builder.ts';
import { look, planOf, undo, walk, type Walked } from './walk.ts';

type Parts = Record<string, unknown>;

/** Parts of the sample site, some of their values replaced. */
function parts(changes: Readonly<Record<string, Parts>>): Parts {
  const sample = sampleSite();
  return Object.fromEntries(
    Object.entries(changes).map(([name, values]) => [name, { ...(sample[name] as Parts), ...values }]),
  );
}

const nodes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `NODE-${'ABCDEFGH'[at]}`,
    ip: `10.10.0.${11 + at * 30}`,
    first: at === 0,
  }));
const workers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `WORKER-${at + 1}`, ip: `10.10.1.${11 + at}` }));
const product = (version: number, build: string) => parts({ product: { version, build } });
const listener = sampleSite()['availabilityGroup'] as { listener: Parts };

const SHAPES: Readonly<Record<string, Parts>> = {
  'three nodes without a witness': {
    nodes: nodes(3),
    ...parts({
      cluster: { witness: { kind: 'none' } },
      scaleOutMaster: { preferredOwners: ['NODE-C', 'NODE-A'] },
    }),
  },
  'five nodes of 2017 and six workers': {
    nodes: nodes(5),
    workers: workers(6),
    ...product(2017, '14.0.3456.2'),
  },
  'five nodes of 2022 and six workers': { nodes: nodes(5), workers: workers(6) },
  'manual failover': parts({ availabilityGroup: { replicas: 'synchronous-manual' } }),
  'a named instance on a port of its own': parts({
    instance: { name: 'SSIS$HA', port: 14331 },
    availabilityGroup: { listener: { ...listener.listener, port: 14330 } },
  }),
  'logs written by the worker account': {
    executionLog: { login: 'workerAccount' },
    ...parts({ instance: { authentication: 'windows' } }),
  },
  'a worker account with a password': parts({
    accounts: { worker: { account: 'LAB\\svc-worker', password: 'file:secrets/worker' } },
  }),
  'one account for all services': {
    accounts: Object.fromEntries(
      ['engine', 'agent', 'master', 'worker'].map((n) => [
        n,
        { account: 'LAB\\svc-one', password: 'file:secrets/one' },
      ]),
    ),
  },
  'one worker that is the second node': {
    workers: [{ name: 'NODE-B', ip: '10.10.0.12' }, ...workers(1)],
  },
  'engines whose certificate nobody verifies': {
    tls: { verify: false },
    instance: { ...(parts({ instance: {} })['instance'] as Parts), certificate: undefined },
  },
  'computer objects that it creates': parts({ directory: { computerObjects: 'create' } }),
  'an existing certificate': parts({
    scaleOutMaster: {
      certificate: {
        existing: { pfx: '\\\\fs1.lab.example\\keys$\\master.pfx', pfxPassword: 'file:secrets/master-pfx' },
      },
    },
  }),
  'names in mixed case': {
    nodes: [
      { name: 'Node-a', ip: '192.168.7.11', first: true },
      { name: 'node-B', ip: '192.168.7.12' },
    ],
    workers: [
      { name: 'worKer-1', ip: '192.168.7.21' },
      { name: 'Worker-2', ip: '192.168.7.22' },
    ],
    ...parts({
      cluster: { name: 'Ssis-Cluster', ip: '192.168.7.30' },
      directory: { domain: 'Lab.Example', netbios: 'Lab' },
      scaleOutMaster: {
        name: 'ssis-Master',
        addresses: [{ ip: '192.168.7.32' }],
        preferredOwners: ['NODE-A', 'NODE-B'],
      },
      availabilityGroup: {
        listener: {
          name: 'Ssisdb-Ag',
          port: 1433,
          addresses: [{ ip: '192.168.7.31', mask: '255.255.255.0' }],
        },
      },
      operator: { account: 'lab\\SVC-Runbook' },
    }),
    firewall: { manage: true, profile: 'Any', workers: ['192.168.7.0/24'], operators: [] },
  },
  'a hostile name of the group': parts({ availabilityGroup: { name: `AG ]'"; $(x) é` } }),
  'a certificate that lies on a disk of the first node': parts({
    scaleOutMaster: {
      certificate: { existing: { pfx: 'D:\\Keys\\master.pfx', pfxPassword: 'file:secrets/master-pfx' } },
    },
  }),
  'shares with quotes': parts({
    directory: { exchange: "\\\\fs1.lab.example\\o'exchange $(x)$" },
    availabilityGroup: { seeding: { mode: 'backup', share: "\\\\fs1.lab.example\\s'eed]$" } },
    catalog: { masterKeyBackup: { path: "\\\\fs1.lab.example\\k'eys$", password: 'file:secrets/x' } },
  }),
  'log back-ups by another tool': parts({
    catalog: { backups: { by: 'external', fullEveryHours: 24, logEveryMinutes: 15 } },
  }),
  'a firewall that others manage': parts({ firewall: { manage: false } }),
  'SPN registered': parts({ instance: { kerberos: { spn: 'register' } } }),
  'another port of the Master': parts({
    scaleOutMaster: { port: 8399, failback: true },
    availabilityGroup: { endpointPort: 5999 },
  }),
  'no preferred owners': parts({ scaleOutMaster: { preferredOwners: [] } }),
  'every drill': {
    drill: { roleMove: true, groupFailover: true, crossed: true, serviceKill: true, nodeLoss: true },
  },
  'no drill': {
    drill: { roleMove: false, groupFailover: false, crossed: false, serviceKill: false, nodeLoss: false },
  },
};

const KINDS: readonly (readonly [kind: string, site: Site, beginning: string | null])[] = [
  ...sampleSites.map(({ name, site, beginning }) => [`docs/sites/${name}.yaml`, site, beginning] as const),
  ...Object.entries(SHAPES).map(([kind, given]) => [kind, siteOf(given), null] as const),
];

test.each(KINDS)(
  '%s: preflight finds nothing; the estate is built, and found in place the second time',
  async (_kind, site, beginning) => {
    const lab = openInProcessLab(site, beginning);
    try {
      expect(await findings(lab)).toEqual([]);
      await walk(lab);
      const missing = [];
      for (const planned of await planOf(lab)) {
        const { shortfall } = planned.chapter < 10 ? await look(lab, planned) : { shortfall: [] };
        if (shortfall.length > 0) missing.push(`${planned.key}: ${shortfall.join('; ')}`);
      }
      expect(missing).toEqual([]);
    } finally {
      lab.close();
    }
  },
);

test.each(KINDS)(
  '%s: what was built before the proof is taken back, and can be built again',
  async (_kind, site, beginning) => {
    const lab = openInProcessLab(site, beginning);
    try {
      const walked = await walk(lab, ({ chapter }) => chapter === 10);
      await undoAll(lab, walked);
      expect(lab.laboratory.estate.groups).toEqual({});
      await walk(lab);
    } finally {
      lab.close();
    }
  },
);

/** What the preflight finds, all of it on an estate as it is. */
async function findings(lab: InProcessLab): Promise<string[]> {
  const found: string[] = [];
  for (const planned of await planOf(lab)) {
    if (planned.chapter > 0) break;
    const { shortfall } = await look(lab, planned);
    found.push(...shortfall.map((fault) => `${planned.key}: ${fault}`));
  }
  return found;
}

/** As the run undoes: last change first, but for what is kept. */
async function undoAll(lab: InProcessLab, walked: readonly Walked[]): Promise<void> {
  const changes = walked.filter(({ before }) => before.shortfall.length > 0);
  const memories = changes.map(({ planned, before }) => ({ step: planned, before: before.observed }));
  for (const one of changes.toReversed()) {
    if (wayBack(one.planned.undo, memories).what !== 'kept') await undo(lab, one);
  }
}

test('the largest site stays within what a run may remember', async () => {
  const site = siteOf({ nodes: nodes(8), workers: workers(40) });
  const plan = await makePlan(procedure, site as unknown as Json, { version: '0', scripts: '0' });
  const sizes = plan.steps.map(({ input }) => Buffer.byteLength(JSON.stringify(input)));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(INPUT_LIMIT_BYTES);
  expect(Buffer.byteLength(JSON.stringify(plan))).toBeLessThan(1_500_000);
});

/** As a file would hold it: what is undefined is not there. */
function siteOf(given: Parts) {
  return siteSchema.parse(JSON.parse(JSON.stringify(sampleSite(given))));
}

test('a node that is a worker is written in one way only', () => {
  const inOtherCase = { workers: [{ name: 'node-b', ip: '10.10.0.12' }] };
  expect(() => siteOf(inOtherCase)).toThrow('is the node NODE-B in another spelling');
  expect(() => siteOf({ workers: [{ name: 'NODE-B', ip: '10.10.0.99' }] })).toThrow(
    'is not the address of the node NODE-B',
  );
});
