import * as fc from 'fast-check';
import { siteSchema, type Site } from '../../activities/site.ts';
import { sampleSite } from '../site-builder.ts';

/** Sites of all shapes that a site file can describe. */
export const drawnSites: fc.Arbitrary<Site> = fc
  .record({
    nodes: fc.integer({ min: 2, max: 8 }),
    workers: fc.integer({ min: 1, max: 40 }),
    nodesThatWork: fc.nat({ max: 8 }),
    subnets: fc.constantFrom(1, 2),
    isBalanced: fc.boolean(),
    version: fc.constantFrom([2017, '14.0.3456.2'], [2019, '15.0.4420.2'], [2022, '16.0.4165.4']),
    instance: fc.constantFrom('MSSQLSERVER', 'SSIS'),
    witness: fc.constantFrom('fileShare', 'cloud', 'none'),
    isManaged: fc.boolean(),
    computerObjects: fc.constantFrom('prestaged', 'create'),
    backups: fc.constantFrom('job', 'external'),
    managesFirewall: fc.boolean(),
    keepsPfxOnADisk: fc.boolean(),
    drill: fc.record({
      roleMove: fc.boolean(),
      groupFailover: fc.boolean(),
      crossed: fc.boolean(),
      serviceKill: fc.boolean(),
      nodeLoss: fc.boolean(),
    }),
  })
  .map(siteOf);

type Drawn = Parameters<typeof siteOf>[0];

function siteOf(drawn: {
  readonly nodes: number;
  readonly workers: number;
  readonly nodesThatWork: number;
  readonly subnets: number;
  readonly isBalanced: boolean;
  readonly version: readonly (number | string)[];
  readonly instance: string;
  readonly witness: string;
  readonly isManaged: boolean;
  readonly computerObjects: string;
  readonly backups: string;
  readonly managesFirewall: boolean;
  readonly keepsPfxOnADisk: boolean;
  readonly drill: Readonly<Record<string, boolean>>;
}): Site {
  const [version, build] = drawn.version;
  const nodes = Array.from({ length: drawn.nodes }, (_, at) => ({
    name: `NODE-${at + 1}`,
    ip: `10.${10 + (at % drawn.subnets) * 10}.0.${31 + at}`,
    first: at === 0,
  }));
  const others = Array.from({ length: drawn.workers }, (_, at) => ({
    name: `WORKER-${at + 1}`,
    ip: `10.10.1.${11 + at}`,
  }));
  const own = nodes.slice(0, drawn.nodesThatWork).map(({ name, ip }) => ({ name, ip }));
  return siteSchema.parse(
    sampleSite({
      nodes,
      workers: [...own, ...others].slice(0, 40),
      product: { ...partOf('product'), version, build },
      instance: {
        ...partOf('instance'),
        name: drawn.instance,
        authentication: drawn.isManaged ? 'windows' : 'mixed',
      },
      directory: { ...partOf('directory'), computerObjects: drawn.computerObjects },
      catalog: {
        ...partOf('catalog'),
        backups: { by: drawn.backups, fullEveryHours: 24, logEveryMinutes: 15 },
      },
      firewall: { ...partOf('firewall'), manage: drawn.managesFirewall },
      drill: drawn.drill,
      ...accountsOf(drawn),
      ...networksOf(drawn),
    }),
  );
}

function accountsOf({ isManaged }: Drawn) {
  if (!isManaged) return {};
  const accounts = ['engine', 'agent', 'master', 'worker'].map((name) => [
    name,
    { account: `LAB\\gmsa-${name}$` },
  ]);
  return { accounts: Object.fromEntries(accounts) as object, executionLog: { login: 'workerAccount' } };
}

function networksOf({ nodes, subnets, isBalanced, witness, keepsPfxOnADisk }: Drawn) {
  const networks = Array.from({ length: subnets }, (_, at) => `10.${10 + at * 10}.0`);
  const probes = isBalanced && subnets === 1;
  const [ip, ...otherIps] = networks.map((network) => `${network}.20`);
  const needsWitness = nodes % 2 === 0 && witness === 'none';
  return {
    cluster: {
      name: 'SSIS-CLUSTER',
      ...(probes ? { managementPoint: 'distributed' } : { ip, otherIps }),
      witness: WITNESSES[needsWitness ? 'fileShare' : witness],
    },
    availabilityGroup: {
      ...partOf('availabilityGroup'),
      listener: {
        name: 'SSISDB-AG',
        port: 1433,
        addresses: networks.map((network) => ({ ip: `${network}.21`, mask: '255.255.255.0' })),
        ...(probes ? { probePort: 59999 } : {}),
      },
    },
    scaleOutMaster: {
      ...partOf('scaleOutMaster'),
      preferredOwners: [],
      ...(keepsPfxOnADisk ? { certificate: ON_A_DISK } : {}),
      addresses: networks.map((network) => ({ ip: `${network}.22` })),
      ...(probes ? { probePort: 59998 } : {}),
    },
  };
}

const ON_A_DISK = {
  create: {
    years: 3,
    keyBits: 2048,
    writePfx: 'C:\\Keys\\master.pfx',
    pfxPassword: 'file:secrets/master-pfx',
  },
};

const WITNESSES: Readonly<Record<string, object>> = {
  fileShare: { kind: 'fileShare', path: '\\\\fs1.lab.example\\witness$' },
  cloud: { kind: 'cloud', account: 'labwitness', key: 'env:WITNESS_KEY' },
  none: { kind: 'none' },
};

function partOf(name: string): object {
  return sampleSite()[name] as object;
}
