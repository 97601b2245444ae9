import { z } from 'zod';
import {
  account,
  collation,
  computerName,
  domainName,
  ipAddress,
  port,
  secretReference,
  serviceAccount,
  windowsPath,
} from './site-values.ts';

/*
 * The parts of a site file that say what the estate is: product, directory, hosts, engine, accounts, cluster.
 * Each description is what an editor shows beside the key.
 */

const sqlServer = z.union([z.literal(2017), z.literal(2019), z.literal(2022)]);

export const product = z
  .strictObject({
    version: sqlServer.describe('Year of SQL Server: 2017, 2019 or 2022.'),
    build: z
      .string()
      .regex(/^\d+\.\d+\.\d+\.\d+$/, 'is not a build such as 16.0.4165.4')
      .describe('Build wanted on every node and worker, such as 16.0.4165.4. Setup is slipstreamed to it.'),
    edition: z
      .enum(['Enterprise', 'Developer', 'Evaluation'], {
        error: 'is not an edition with a Scale Out Master: Enterprise, Developer or Evaluation',
      })
      .describe('Edition to install. Standard is refused: it has no Scale Out Master.'),
    media: windowsPath.describe(
      "Folder with setup.exe, on every host's own disk: a share would be a second hop.",
    ),
    updates: windowsPath.describe('Folder on every host that holds the one update which leads to "build".'),
    productKey: secretReference
      .nullable()
      .default(null)
      .describe('Where the product key lies: file:PATH or env:NAME. Default null: the key is in the media.'),
  })
  .describe('SQL Server as it is to be installed on nodes and workers.');

export const directory = z
  .strictObject({
    domain: domainName.describe('DNS name of the Active Directory domain, such as contoso.com.'),
    netbios: computerName.describe('NetBIOS name of the domain, such as CONTOSO.'),
    ou: z
      .string()
      .regex(
        /^([Oo][Uu]|[Cc][Nn])=.+,[Dd][Cc]=.+$/,
        'is not a distinguished name such as OU=SQL,DC=contoso,DC=com',
      )
      .describe('Distinguished name of the organizational unit that holds the computer objects.'),
    computerObjects: z
      .enum(['prestaged', 'create'])
      .describe(
        'prestaged: the directory team made the computer objects beforehand, disabled, with full control for the operator account. create: the run makes them.',
      ),
    exchange: windowsPath.describe(
      'Share through which certificates travel between hosts; the operator account writes to it.',
    ),
  })
  .describe('The Active Directory domain of the estate.');

export const operator = z
  .strictObject({
    account: account.describe(
      'Account as which the runbook works: local administrator of all hosts, sysadmin of all engines.',
    ),
    password: secretReference
      .optional()
      .describe('Where its password lies: file:PATH or env:NAME. Needed for sqlAuthentication: ntlm.'),
    sqlAuthentication: z
      .enum(['ntlm', 'integrated'])
      .describe("ntlm: signs in with the password. integrated: with the agent's own Windows session."),
  })
  .describe('As whom the runbook works.');

export const nodes = z
  .array(
    z.strictObject({
      name: computerName.describe('Computer name of the node, 15 characters at most.'),
      ip: ipAddress.describe('IPv4 address of the node.'),
      first: z
        .boolean()
        .default(false)
        .describe(
          'true on exactly one node: SSISDB is born there. Afterwards the availability group says who is primary. Default: false.',
        ),
    }),
  )
  .min(2, 'has fewer than two nodes: nothing could fail over')
  .max(8, 'has more than eight nodes')
  .describe('The cluster nodes, two to eight; each gets an engine and a Scale Out Master.');

const directories = z
  .strictObject({
    data: windowsPath.describe('Folder of data files.'),
    log: windowsPath.describe('Folder of transaction logs.'),
    tempdb: windowsPath.describe('Folder of tempdb.'),
    backup: windowsPath.describe('Folder of backups.'),
  })
  .describe('Folders of the engine, the same on every node: a replica needs the same paths.');

export const instance = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_$]{0,15}$/, 'is not an instance name: 16 letters, digits, _ or $ at most')
      .describe('Name of the instance, the same on every node; MSSQLSERVER is the default instance.'),
    port: port.describe('Fixed TCP port of the engine, also for a named instance; customary: 1433.'),
    collation: collation.describe(
      'Server collation, the same on every replica. It cannot be changed afterwards.',
    ),
    sysadmins: z
      .array(account)
      .min(1)
      .describe(
        'Windows accounts that become sysadmin besides the operator account: groups rather than people.',
      ),
    authentication: z
      .enum(['mixed', 'windows'])
      .describe('mixed: SQL logins too, which executionLog.login: sqlLogin needs. windows: Windows only.'),
    directories,
    maxServerMemoryMb: z
      .int()
      .min(512)
      .describe('max server memory of each engine in megabytes, at least 512.'),
    certificate: z
      .strictObject({
        fromStore: z
          .literal('My')
          .describe('My: the personal store of each computer, the only one that is used.'),
        subject: z
          .literal('node')
          .describe('node: the certificate that is made out to the node and to the listener.'),
      })
      .optional()
      .describe(
        "The engine's TLS certificate. Left out: clients cannot verify the engine, and tls.verify must be false.",
      ),
    kerberos: z
      .strictObject({
        spn: z
          .enum(['check', 'register'])
          .describe(
            "Service principal names of the engine's account: a run checks them; registering them is a domain administrator's work either way.",
          ),
      })
      .default({ spn: 'check' })
      .describe('Kerberos for the listener. Default: { spn: check }.'),
  })
  .describe('The engine, the same on every node.');

export const accounts = z
  .strictObject({
    engine: serviceAccount('SQL Server, the engine'),
    agent: serviceAccount('SQL Server Agent'),
    master: serviceAccount('the Scale Out Master'),
    worker: serviceAccount('the Scale Out Workers; packages run as this account'),
  })
  .describe('Service accounts. A group managed account (gMSA) ends in $ and has no password.');

const witness = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('fileShare').describe('A file share on a server that is no node.'),
      path: windowsPath.describe('The share; the cluster name object needs full control of it.'),
    }),
    z.strictObject({
      kind: z.literal('cloud').describe('A storage account in Azure.'),
      account: z
        .string()
        .regex(/^[a-z0-9]{3,24}$/, 'is not a storage account')
        .describe('Name of the storage account.'),
      key: secretReference.describe(
        'Where the access key of the storage account lies: file:PATH or env:NAME.',
      ),
      endpoint: domainName
        .default('core.windows.net')
        .describe('Endpoint of the storage service. Default: core.windows.net.'),
    }),
    z.strictObject({
      kind: z.literal('disk').describe('A shared disk.'),
      disk: z.string().min(1).describe('Name of the cluster disk, such as Cluster Disk 1.'),
    }),
    z.strictObject({
      kind: z.literal('none').describe('No witness: only for an odd number of nodes.'),
    }),
  ])
  .describe('The witness that breaks a tie between the nodes: fileShare, cloud, disk or none.');

export const cluster = z
  .strictObject({
    name: computerName.describe(
      'Name of the failover cluster (CNO), 15 characters at most; neither that of the listener nor of the Master.',
    ),
    ip: ipAddress
      .optional()
      .describe('Free IPv4 address of the cluster itself. Left out with managementPoint: distributed.'),
    otherIps: z
      .array(ipAddress)
      .default([])
      .describe(
        'Free IPv4 addresses of the cluster in further subnets: one in each that has a node. Default: none.',
      ),
    managementPoint: z
      .enum(['singleton', 'distributed'])
      .default('singleton')
      .describe(
        'singleton: the cluster name has addresses of its own. distributed: it stands for the addresses of the nodes, as is customary in Azure. Default: singleton.',
      ),
    witness,
  })
  .describe('The Windows failover cluster.');
