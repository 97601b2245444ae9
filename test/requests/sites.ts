import { siteSchema, type Site } from '../../activities/site.ts';
import { sampleSite } from '../site-builder.ts';

/** The sample site with parts of its parts put in their place. */
function siteWith(parts: Record<string, Record<string, unknown>>, lists: Record<string, unknown> = {}): Site {
  const sample = sampleSite();
  const merged = Object.entries(parts).map(([name, part]) => [
    name,
    { ...(sample[name] as Record<string, unknown>), ...part },
  ]);
  return siteSchema.parse({ ...sample, ...Object.fromEntries(merged), ...lists });
}

function listenerAt(addresses: readonly (readonly [ip: string, mask: string])[]) {
  return {
    name: 'SSISDB-AG',
    port: 14330,
    addresses: addresses.map(([ip, mask]) => ({ ip, mask })),
  };
}

export const SAMPLE = siteWith({});

/** Objects are made by the run, backups are the site's own, the witness lies in the cloud. */
export const TWO_SUBNETS = siteWith(
  {
    directory: { computerObjects: 'create' },
    cluster: {
      otherIps: ['10.20.0.20'],
      witness: { kind: 'cloud', account: 'labwitness', key: 'env:WITNESS_KEY' },
    },
    availabilityGroup: {
      listener: listenerAt([
        ['10.10.0.21', '255.255.255.0'],
        ['10.20.0.21', '255.255.255.0'],
      ]),
    },
    scaleOutMaster: { addresses: [{ ip: '10.10.0.22' }, { ip: '10.20.0.22' }] },
    catalog: { backups: { by: 'external', fullEveryHours: 12, logEveryMinutes: 10 } },
    firewall: { manage: false },
  },
  {
    nodes: [
      { name: 'NODE-A', ip: '10.10.0.11', first: true },
      { name: 'NODE-B', ip: '10.20.0.12' },
    ],
  },
);

export const BEHIND_LOAD_BALANCER = siteWith({
  cluster: { ip: undefined, managementPoint: 'distributed' },
  availabilityGroup: {
    listener: { ...listenerAt([['10.10.0.21', '255.255.255.0']]), probePort: 59999 },
  },
  scaleOutMaster: { probePort: 59998 },
});

/** No account has a password, and the engine is one of several. */
export const MANAGED_AND_NAMED = siteWith(
  {
    instance: {
      name: 'SSIS01',
      port: 14333,
      authentication: 'windows',
      sysadmins: ['LAB\\dba', 'LAB\\duty'],
    },
    operator: { sqlAuthentication: 'integrated', account: 'LAB\\gmsa-run$', password: undefined },
    accounts: {
      engine: { account: 'LAB\\gmsa-engine$' },
      agent: { account: 'LAB\\gmsa-agent$' },
      master: { account: 'LAB\\gmsa-master$' },
      worker: { account: 'LAB\\gmsa-worker$' },
    },
    product: { version: 2019, build: '15.0.4123.1', productKey: 'env:PRODUCT_KEY' },
    scaleOutMaster: {
      certificate: { existing: { pfx: 'file:C:\\Keys\\master.pfx', pfxPassword: 'file:secrets/master-pfx' } },
    },
  },
  { executionLog: { login: 'workerAccount' } },
);

const NAME = '’$(Restart-Computer)`"\'';
const PATH = "\\\\fs1\\o'brien‘$(calc);`&]$";

/** As far as the site file lets them: names that would run something where they are pasted unquoted. */
export const HOSTILE = siteWith(
  {
    directory: {
      ou: `OU=${NAME} | Remove-Item -Recurse C:\\,DC=lab,DC=example`,
      exchange: `${PATH}\\exchange`,
    },
    operator: { account: "LAB\\run'$(calc)" },
    instance: {
      sysadmins: ["LAB\\dba'$(calc)--"],
      directories: { data: 'E:\\Data', log: 'F:\\Log', tempdb: 'T:\\TempDB', backup: "G:\\it's`$(x)" },
    },
    accounts: {
      engine: { account: "LAB\\e'n’gine", password: 'file:secrets/$(engine)`' },
      agent: { account: 'LAB\\$(agent)', password: 'env:AGENT' },
      master: { account: 'LAB\\`master', password: 'file:secrets/ma`|ster' },
    },
    cluster: { otherIps: ['10.20.0.20'], witness: { kind: 'fileShare', path: `${PATH}\\witness` } },
    availabilityGroup: {
      name: "AG]'; DROP DATABASE SSISDB; --$(calc)`",
      seeding: { mode: 'backup', share: `${PATH}\\seed` },
      listener: listenerAt([
        ['10.10.0.21', '255.255.255.0'],
        ['10.20.0.21', '255.255.255.0'],
      ]),
    },
    scaleOutMaster: {
      addresses: [{ ip: '10.10.0.22' }, { ip: '10.20.0.22' }],
      certificate: {
        create: {
          years: 3,
          keyBits: 2048,
          writePfx: "\\\\fs1\\keys\\a\nRestart-Computer\r\n'$(b).pfx\\master.pfx",
          pfxPassword: 'file:secrets/master-pfx',
        },
      },
    },
  },
  {
    nodes: [
      { name: 'NODE-A', ip: '10.10.0.11', first: true },
      { name: 'NODE-B', ip: '10.20.0.12' },
    ],
  },
);
