import { z } from 'zod';
import { crossCheck, DEFAULT_MASTER_PORT } from './site-cross-checks.ts';
import {
  account,
  collation,
  computerName,
  domainName,
  ipAddress,
  port,
  secretReference,
  sqlIdentifier,
  subnet,
  windowsPath,
} from './site-values.ts';

const serviceAccount = z.strictObject({
  account,
  password: secretReference.optional().describe('left out for a gMSA, whose name ends in $'),
});

const person = z.string().min(1);

/** Each part of the site file by itself: everything that differs from estate to estate. */
export const siteShape = z.strictObject({
  version: z.literal(1),
  site: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not a site name: lower-case letters, digits, hyphens')
    .describe('the run is called ssis-ha/<site>; never change it'),
  environment: z.enum(['lab', 'test', 'production']),
  change: z.strictObject({ ticket: z.string(), owner: z.string(), contact: z.string() }).optional(),
  existingObjects: z.enum(['ask', 'refuse']).default('ask'),
  product: z.strictObject({
    version: z.union([z.literal(2017), z.literal(2019), z.literal(2022)]),
    build: z.string().regex(/^\d+\.\d+\.\d+\.\d+$/, 'is not a build such as 16.0.4165.4'),
    edition: z.enum(['Enterprise', 'Developer', 'Evaluation'], {
      error: 'is not an edition with a Scale Out Master: Enterprise, Developer or Evaluation',
    }),
    media: windowsPath,
    updates: windowsPath,
    productKey: secretReference.nullable().default(null),
  }),
  directory: z.strictObject({
    domain: domainName,
    netbios: computerName,
    ou: z
      .string()
      .regex(/^(OU|CN)=.+,DC=.+$/i, 'is not a distinguished name such as OU=SQL,DC=contoso,DC=com'),
    computerObjects: z.enum(['prestaged', 'create']),
    exchange: windowsPath,
  }),
  operator: z.strictObject({
    account,
    password: secretReference.optional(),
    sqlAuthentication: z.enum(['ntlm', 'integrated']),
  }),
  nodes: z
    .array(z.strictObject({ name: computerName, ip: ipAddress, first: z.boolean().default(false) }))
    .min(2, 'has fewer than two nodes: nothing could fail over')
    .max(8, 'has more than eight nodes'),
  instance: z.strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_$]{0,15}$/, 'is not an instance name: 16 letters, digits, _ or $ at most'),
    port,
    collation,
    sysadmins: z.array(account).min(1),
    authentication: z.enum(['mixed', 'windows']),
    directories: z.strictObject({
      data: windowsPath,
      log: windowsPath,
      tempdb: windowsPath,
      backup: windowsPath,
    }),
    maxServerMemoryMb: z.int().min(512),
    certificate: z
      .strictObject({ fromStore: z.literal('My'), subject: z.literal('node') })
      .optional()
      .describe('left out: clients cannot verify the engine, and tls.verify must be false'),
    kerberos: z.strictObject({ spn: z.enum(['check', 'register']) }).default({ spn: 'check' }),
  }),
  accounts: z.strictObject({
    engine: serviceAccount,
    agent: serviceAccount,
    master: serviceAccount,
    worker: serviceAccount,
  }),
  cluster: z.strictObject({
    name: computerName,
    ip: ipAddress,
    witness: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fileShare'), path: windowsPath }),
      z.strictObject({
        kind: z.literal('cloud'),
        account: z.string().regex(/^[a-z0-9]{3,24}$/, 'is not a storage account'),
        key: secretReference,
        endpoint: domainName.default('core.windows.net'),
      }),
      z.strictObject({ kind: z.literal('disk'), disk: z.string().min(1) }),
      z.strictObject({ kind: z.literal('none') }),
    ]),
  }),
  availabilityGroup: z.strictObject({
    name: sqlIdentifier,
    endpointPort: port,
    replicas: z.enum(['synchronous-automatic', 'synchronous-manual']),
    readableSecondary: z.literal(false, {
      error: 'is not supported: a readable secondary is a licence matter and nothing here needs one',
    }),
    seeding: z.strictObject({ mode: z.literal('backup'), share: windowsPath }),
    listener: z.strictObject({
      name: computerName,
      port,
      addresses: z
        .array(z.strictObject({ ip: ipAddress, mask: ipAddress }))
        .min(1, 'has no address: a listener needs one in each subnet'),
    }),
  }),
  catalog: z.strictObject({
    masterKeyPassword: secretReference,
    masterKeyBackup: z.strictObject({ path: windowsPath, password: secretReference }),
    retentionDays: z.int().min(1).max(3650),
    maxProjectVersions: z.int().min(1).max(9999),
    defaultExecutionMode: z.enum(['server', 'scaleOut']),
    backups: z.strictObject({
      by: z.enum(['external', 'job']),
      fullEveryHours: z.int().min(1),
      logEveryMinutes: z.int().min(1),
    }),
  }),
  executionLog: z.discriminatedUnion('login', [
    z.strictObject({ login: z.literal('sqlLogin'), password: secretReference }),
    z.strictObject({ login: z.literal('workerAccount') }),
  ]),
  scaleOutMaster: z.strictObject({
    name: computerName,
    addresses: z.array(z.strictObject({ ip: ipAddress })).min(1),
    port: port.default(DEFAULT_MASTER_PORT),
    preferredOwners: z.array(computerName),
    failback: z.boolean(),
    certificate: z.union([
      z.strictObject({
        create: z.strictObject({
          years: z.int().min(1).max(10),
          keyBits: z.union([z.literal(2048), z.literal(4096)]),
          writePfx: z.string().min(1),
          pfxPassword: secretReference,
        }),
      }),
      z.strictObject({ existing: z.strictObject({ pfx: z.string().min(1), pfxPassword: secretReference }) }),
    ]),
  }),
  workers: z
    .array(
      z.strictObject({ name: computerName, ip: ipAddress, maxTasks: z.int().min(1).max(1000).default(10) }),
    )
    .min(1, 'is empty: packages would have nowhere to run')
    .max(40, 'has more than forty workers'),
  firewall: z.strictObject({
    manage: z.boolean(),
    profile: z.enum(['Domain', 'Private', 'Public', 'Any']),
    workers: z.array(subnet),
    operators: z.array(subnet),
  }),
  tls: z.strictObject({ verify: z.boolean(), authorities: z.string().optional() }),
  approvals: z.strictObject({
    identities: z
      .literal('asserted', {
        error: 'must be "asserted": who decides is claimed here, not proven, and the site file says so',
      })
      .optional(),
    groups: z.record(z.string(), z.array(person)).default({}),
    selfApproval: z.boolean().default(false),
    expireAfterHours: z.number().positive().optional(),
    onExpiry: z.literal('stay-stopped').optional(),
    rules: z
      .array(z.strictObject({ when: z.array(z.string()).min(1), need: z.array(z.string()).min(1) }))
      .default([]),
  }),
  windows: z
    .strictObject({
      timeZone: z.string(),
      open: z.array(z.strictObject({ days: z.array(z.string()).min(1), from: z.string(), to: z.string() })),
      freeze: z.array(z.strictObject({ from: z.string(), to: z.string(), reason: z.string() })).default([]),
    })
    .optional(),
  restarts: z.strictObject({
    perHost: z.int().min(1).max(10),
    drainPackagesMinutes: z.int().min(0),
    oneNodeAtATime: z.literal(true),
  }),
  drill: z.strictObject({
    roleMove: z.boolean(),
    groupFailover: z.boolean(),
    crossed: z.boolean(),
    serviceKill: z.boolean(),
    nodeLoss: z.boolean(),
  }),
  verify: z
    .strictObject({ everyMinutes: z.int().min(1), certificateDaysLeft: z.array(z.int().min(1)) })
    .optional(),
  notify: z
    .strictObject({
      webhook: secretReference.optional(),
      mail: z.strictObject({ to: z.array(z.email()).min(1), smtp: z.string().min(1) }).optional(),
    })
    .optional(),
});

/** The whole site file: its parts, and what only holds between them. */
export const siteSchema = siteShape.superRefine(crossCheck);

export type Site = z.output<typeof siteSchema>;

/** Parts of a site file that this version reads and does not hold yet; `check` says so. */
export const NOT_HELD_YET = {
  'approvals.groups': 'who must agree to what is not enforced yet: any person but the starter may approve',
  'approvals.expireAfterHours': 'questions do not expire yet; silence is never consent either way',
  windows: 'maintenance windows are not enforced yet: keep them when you approve',
  verify: 'drift is not watched on a schedule yet',
  notify: 'nobody is notified yet: watch the run',
} as const;

export function fullName(name: string, site: Site): string {
  return `${name}.${site.directory.domain}`.toLowerCase();
}

export function firstNode(site: Site): Site['nodes'][number] {
  const first = site.nodes.find((node) => node.first) ?? site.nodes[0];
  if (!first) throw new RangeError('The site has no nodes');
  return first;
}

/** Folder and service suffix of a version: 140, 150, 160. Source: domain facts, *Editions and versions*. */
export function versionSuffix(site: Site): string {
  return { 2017: '140', 2019: '150', 2022: '160' }[site.product.version];
}
