import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The sample estate: two nodes and two workers of the lab. Its secrets are random values in files of their
 * own, named in the site file by reference.
 */
export function writeSampleSite(directory: string): string {
  const file = join(directory, 'site.yaml');
  if (!existsSync(file)) writeFileSync(file, SAMPLE_SITE);
  return file;
}

/**
 * Makes what a site file on the lab refers to and nobody has made yet: random secrets (mode 600). Answers
 * what was made, and values for references to the environment.
 */
export function provideSecrets(
  siteFile: string,
  references: readonly string[],
): { readonly made: readonly string[]; readonly environment: Readonly<Record<string, string>> } {
  const made: string[] = [];
  const environment: Record<string, string> = {};
  for (const reference of references) {
    const [, kind, place = ''] = /^(env|file):(.+)$/s.exec(reference) ?? [];
    if (kind === 'env' && !process.env[place]) environment[place] = randomSecret();
    if (kind !== 'file') continue;
    const path = resolve(dirname(siteFile), place);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomSecret()}\n`, { mode: 0o600 });
    made.push(path);
  }
  return { made, environment };
}

/** Letters and digits only: fits every place that a password goes. */
function randomSecret(): string {
  return `${randomBytes(24)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')}Aa1`;
}

export const SAMPLE_SITE = `# A sample site on the lab: two nodes, two workers, one subnet.
version: 1
site: sample
environment: lab
product:
  version: 2022
  build: 16.0.4165.4
  edition: Developer
  media: 'D:\\Media\\SQL2022'
  updates: 'D:\\Media\\SQL2022\\Updates'
directory:
  domain: lab.example
  netbios: LAB
  ou: OU=SSIS,DC=lab,DC=example
  computerObjects: prestaged
  exchange: '\\\\fs1.lab.example\\exchange$'
operator:
  account: LAB\\svc-runbook
  password: file:secrets/operator
  sqlAuthentication: ntlm
nodes:
  - { name: NODE-A, ip: 10.10.0.11, first: true }
  - { name: NODE-B, ip: 10.10.0.12 }
instance:
  name: MSSQLSERVER
  port: 1433
  collation: Latin1_General_CI_AS
  sysadmins: ['LAB\\sql-admins']
  authentication: mixed
  directories: { data: 'E:\\Data', log: 'F:\\Log', tempdb: 'T:\\TempDB', backup: 'G:\\Backup' }
  maxServerMemoryMb: 8192
  certificate: { fromStore: My, subject: node }
  kerberos: { spn: check }
accounts:
  engine: { account: LAB\\svc-engine, password: file:secrets/engine }
  agent: { account: LAB\\svc-agent, password: file:secrets/agent }
  master: { account: LAB\\svc-master, password: file:secrets/master }
  worker: { account: 'LAB\\gmsa-worker$' }
cluster:
  name: SSIS-CLUSTER
  ip: 10.10.0.20
  witness: { kind: fileShare, path: '\\\\fs1.lab.example\\witness$' }
availabilityGroup:
  name: AG_SSISDB
  endpointPort: 5022
  replicas: synchronous-automatic
  readableSecondary: false
  seeding: { mode: backup, share: '\\\\fs1.lab.example\\seed$' }
  listener: { name: SSISDB-AG, port: 1433, addresses: [{ ip: 10.10.0.21, mask: 255.255.255.0 }] }
catalog:
  masterKeyPassword: file:secrets/catalog-key
  masterKeyBackup: { path: '\\\\fs1.lab.example\\keys$', password: file:secrets/catalog-key-backup }
  retentionDays: 30
  maxProjectVersions: 10
  defaultExecutionMode: server
  backups: { by: job, fullEveryHours: 24, logEveryMinutes: 15 }
executionLog: { login: sqlLogin, password: file:secrets/log-login }
scaleOutMaster:
  name: SSIS-MASTER
  addresses: [{ ip: 10.10.0.22 }]
  port: 8391
  preferredOwners: [NODE-A, NODE-B]
  failback: false
  certificate:
    create: { years: 3, keyBits: 2048, writePfx: '\\\\fs1.lab.example\\keys$\\master.pfx', pfxPassword: file:secrets/master-pfx }
workers:
  - { name: WORKER-1, ip: 10.10.1.11, maxTasks: 10 }
  - { name: WORKER-2, ip: 10.10.1.12, maxTasks: 10 }
firewall: { manage: true, profile: Domain, workers: [10.10.1.0/24], operators: [10.10.2.0/24] }
tls: { verify: true, authorities: file:lab/pki/authority.pem }
approvals: { identities: asserted, selfApproval: true }
restarts: { perHost: 3, drainPackagesMinutes: 60, oneNodeAtATime: true }
drill: { roleMove: true, groupFailover: true, crossed: true, serviceKill: false, nodeLoss: false }
`;
