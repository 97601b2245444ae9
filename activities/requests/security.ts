import { secretsReadOn } from '../secret-references.ts';
import type { Site } from '../site.ts';
import { certificates } from './certificates.ts';
import { hostsOf } from './estate.ts';
import type { Line } from './lines.ts';
import { listInPowershell } from './quote.ts';
import { rights } from './rights.ts';
import { powershell, sql, value, words, type Check, type Request } from './sheet.ts';

/** What the security team is asked for. */
export function securityRequests(site: Site): Record<Line<'security'>, Request> {
  return {
    ...rights(site),
    ...certificates(site),
    secrets: secrets(site),
    'virus-scanners': virusScanners(site),
    'package-access': packageAccess(site),
  };
}

/** References only: what they lead to stands on no sheet. */
function secrets(site: Site): Request {
  const readers = new Map<string, string[]>();
  for (const { name } of hostsOf(site)) {
    for (const reference of secretsReadOn(site, name)) {
      readers.set(reference, [...(readers.get(reference) ?? []), name]);
    }
  }
  return {
    title: 'Secrets, and who reads them',
    wanted:
      'Each of these is there on the machines named beside it, and readable for the operator account, administrators and SYSTEM alone. A relative path starts from the folder of the site file; env: is the environment of the agent.',
    table: {
      columns: [value('Reference'), value('Machines')],
      rows: [...readers],
    },
    why: 'An agent that cannot read a password stops in the middle; one that others can read is no secret.',
    checks: secretChecks([...readers.keys()]),
    source: 'Domain facts, C4.',
  };
}

function secretChecks(references: readonly string[]): readonly Check[] {
  const files = references.filter((reference) => reference.startsWith('file:'));
  const variables = references.filter((reference) => reference.startsWith('env:'));
  const where = 'On each of the machines';
  return [
    ...(files.length === 0
      ? []
      : [
          powershell(
            `${where}, in the folder of the site file`,
            `${listInPowershell(files.map((reference) => reference.slice('file:'.length)))} | ForEach-Object { Get-Acl -LiteralPath $_ } | Format-Table Path, AccessToString -Wrap`,
            'Each file that this machine needs; the operator account, administrators and SYSTEM alone.',
          ),
        ]),
    ...(variables.length === 0
      ? []
      : [
          powershell(
            `${where}, in the session of the agent`,
            `${listInPowershell(variables.map((reference) => reference.slice('env:'.length)))} | ForEach-Object { Test-Path -LiteralPath "Env:$_" }`,
            'True for each that this machine needs. It shows no value.',
          ),
        ]),
  ];
}

function virusScanners({ nodes, instance }: Site): Request {
  const { data, log, tempdb, backup } = instance.directories;
  const folders = [...new Set([data, log, tempdb, backup])];
  const names = nodes.map(({ name }) => name);
  return {
    title: 'What virus scanners leave alone',
    wanted:
      'On the nodes: files of databases and backups in these folders, the folder of the cluster, and the engine’s process sqlservr.exe.',
    table: {
      columns: [value('Folder'), value('Files'), value('Nodes')],
      rows: [
        ...folders.map((folder) => [folder, ['*.mdf', '*.ndf', '*.ldf', '*.bak', '*.trn'], names]),
        ['C:\\Windows\\Cluster', '*', names],
      ],
    },
    why: 'A database file that a scanner holds keeps SSISDB from starting after a failover.',
    checks: [
      powershell(
        'On each node, where Microsoft Defender is the scanner',
        'Get-MpPreference | Format-List ExclusionPath, ExclusionExtension, ExclusionProcess',
        'The folders, endings and process above.',
      ),
    ],
    source:
      '*Configure antivirus software to work with SQL Server* (KB 309422); domain facts, 1.4 and step 7, failure modes.',
  };
}

/** Packages that ran as somebody else before find out here. */
function packageAccess(site: Site): Request {
  const { account } = site.accounts.worker;
  return {
    title: 'What packages may reach',
    wanted:
      'The workers’ account may read every source and write every target of the packages that will run there: databases, shares, services. Ask the owners of the packages for the list.',
    table: {
      columns: [value('Account'), value('Machines'), words('On')],
      rows: [[account, site.workers.map(({ name }) => name), 'sources and targets of the packages']],
    },
    why: 'In Scale Out a package runs as the workers’ account, not as whoever started it: it fails only there.',
    checks: [
      sql(
        'On an SSISDB where they run today',
        'SELECT DISTINCT folder_name, project_name, package_name, executed_as_name FROM SSISDB.catalog.executions ORDER BY folder_name, project_name, package_name;',
        'The packages, and as whom they ran: whatever that account reached, the one above must reach too.',
      ),
    ],
    source: '*Run packages in Integration Services (SSIS) Scale Out*; domain facts, pitfall 22.',
  };
}
