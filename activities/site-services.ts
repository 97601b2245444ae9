import { z } from 'zod';
import { DEFAULT_MASTER_PORT } from './site-cross-checks.ts';
import { computerName, ipAddress, port, secretReference, sqlIdentifier, windowsPath } from './site-values.ts';

/* The parts of a site file that say what runs on the estate: SSISDB, its group, Master and workers. */

function probePort(what: string) {
  return port
    .optional()
    .describe(
      `TCP port at which the ${what} answers the probe of a load balancer, as in Azure where the nodes share a subnet; customary: 59999 and 59998. Left out: there is no load balancer.`,
    );
}

const listener = z
  .strictObject({
    name: computerName.describe('Network name under which clients reach SSISDB, 15 characters at most.'),
    port: port.describe('TCP port of the listener; customary: 1433.'),
    addresses: z
      .array(
        z.strictObject({
          ip: ipAddress.describe('Free IPv4 address of the listener in this subnet.'),
          mask: ipAddress.describe('Subnet mask, such as 255.255.255.0.'),
        }),
      )
      .min(1, 'has no address: a listener needs one in each subnet')
      .describe('One free address in each subnet that has a node.'),
    probePort: probePort('listener'),
  })
  .describe('The listener of the availability group.');

export const availabilityGroup = z
  .strictObject({
    name: sqlIdentifier.describe('Name of the availability group; it holds SSISDB and nothing else.'),
    endpointPort: port.describe('TCP port of the mirroring endpoint between the nodes; customary: 5022.'),
    replicas: z
      .enum(['synchronous-automatic', 'synchronous-manual'])
      .describe('All replicas commit synchronously; failover is automatic or manual.'),
    readableSecondary: z
      .literal(false, {
        error: 'is not supported: a readable secondary is a licence matter and nothing here needs one',
      })
      .describe('Only false: a readable secondary is a licence matter, and nothing here needs one.'),
    seeding: z
      .strictObject({
        mode: z.literal('backup').describe('backup: a copy-only backup is restored on each secondary.'),
        share: windowsPath.describe(
          'Share that every engine reads and writes; backups for seeding lie there.',
        ),
      })
      .describe('How SSISDB gets to the secondaries.'),
    listener,
  })
  .describe('The availability group of SSISDB.');

export const catalog = z
  .strictObject({
    masterKeyPassword: secretReference.describe(
      'Where the password of the database master key of SSISDB lies: file:PATH or env:NAME. Without it there is no failover and no restore: keep it elsewhere too.',
    ),
    masterKeyBackup: z
      .strictObject({
        path: windowsPath.describe('Folder or share for the backup of the key.'),
        password: secretReference.describe(
          'Where the password that encrypts the backup lies: file:PATH or env:NAME.',
        ),
      })
      .describe('Backup of the database master key.'),
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .describe('Days for which operation records are kept (RETENTION_WINDOW), 1 to 3650.'),
    maxProjectVersions: z
      .int()
      .min(1)
      .max(9999)
      .describe('Versions of a project that are kept (MAX_PROJECT_VERSIONS), 1 to 9999.'),
    defaultExecutionMode: z
      .enum(['server', 'scaleOut'])
      .describe('Where packages run unless told otherwise. Looked at, never changed by a run.'),
    backups: z
      .strictObject({
        by: z
          .enum(['external', 'job'])
          .describe(
            'external: your own backups, which the run looks at. job: the run makes SQL Server Agent jobs.',
          ),
        fullEveryHours: z.int().min(1).describe('Hours between two full backups.'),
        logEveryMinutes: z.int().min(1).describe('Minutes between two log backups.'),
      })
      .describe('Backups of SSISDB, whose log grows in full recovery until it is backed up.'),
  })
  .describe('The catalog, SSISDB.');

export const executionLog = z
  .discriminatedUnion('login', [
    z.strictObject({
      login: z
        .literal('sqlLogin')
        .describe('The SQL login ##MS_SSISLogDBWorkerAgentLogin##; needs instance.authentication: mixed.'),
      password: secretReference.describe('Where the password of the login lies: file:PATH or env:NAME.'),
    }),
    z.strictObject({
      login: z.literal('workerAccount').describe('The Windows account of the workers; no SQL login.'),
    }),
  ])
  .describe('As whom workers write their log into SSISDB: sqlLogin or workerAccount.');

const masterCertificate = z
  .union([
    z.strictObject({
      create: z
        .strictObject({
          years: z.int().min(1).max(10).describe('Years for which it is valid, 1 to 10.'),
          keyBits: z
            .union([z.literal(2048), z.literal(4096)])
            .describe('Length of the RSA key: 2048 or 4096.'),
          writePfx: z
            .string()
            .min(1)
            .describe('Where the PFX is written, as file:PATH or a path of the first node.'),
          pfxPassword: secretReference.describe('Where the password of the PFX lies: file:PATH or env:NAME.'),
        })
        .describe('Let the run make a self-signed certificate.'),
    }),
    z.strictObject({
      existing: z
        .strictObject({
          pfx: z.string().min(1).describe('Where the PFX lies, as file:PATH or a path of the first node.'),
          pfxPassword: secretReference.describe('Where the password of the PFX lies: file:PATH or env:NAME.'),
        })
        .describe('Use a certificate of your own; it names the Master short and in full.'),
    }),
  ])
  .describe('The one certificate of the Master on all nodes: create or existing.');

export const scaleOutMaster = z
  .strictObject({
    name: computerName.describe(
      'Network name of the clustered Master, 15 characters at most; workers call https://<name>.<domain>:<port>.',
    ),
    addresses: z
      .array(z.strictObject({ ip: ipAddress.describe('Free IPv4 address of the Master in this subnet.') }))
      .min(1)
      .describe('One free address in each subnet that has a node.'),
    probePort: probePort('Master'),
    port: port
      .default(DEFAULT_MASTER_PORT)
      .describe(`TCP port of the Master. Default: ${DEFAULT_MASTER_PORT}.`),
    preferredOwners: z
      .array(computerName)
      .describe('Nodes on which the role prefers to run, best first; empty for no preference.'),
    failback: z.boolean().describe('true: the role goes back to its preferred owner by itself.'),
    certificate: masterCertificate,
  })
  .describe('The clustered role of the Scale Out Master.');

export const workers = z
  .array(
    z.strictObject({
      name: computerName.describe('Computer name of the worker, 15 characters at most.'),
      ip: ipAddress.describe('IPv4 address of the worker.'),
      maxTasks: z
        .int()
        .min(1)
        .max(1000)
        .default(10)
        .describe('Packages that it runs at once (MaxTaskCount), 1 to 1000. Default: 10.'),
    }),
  )
  .min(1, 'is empty: packages would have nowhere to run')
  .max(40, 'has more than forty workers')
  .describe('The Scale Out Workers, one to forty; two or more to go on when one fails.');
