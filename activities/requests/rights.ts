import { versionSuffix, type Site } from '../site.ts';
import { hostsOf, serviceAccountsOf } from './estate.ts';
import type { Line } from './lines.ts';
import { inPowershell, listInPowershell, listInSql } from './quote.ts';
import { powershell, sql, value, words, type Check, type Request } from './sheet.ts';

type SecurityLine = Line<'security'>;

/** Who is administrator of what, who may log on how, and what no policy may take away. */
export function rights(site: Site) {
  return {
    'local-administrators': localAdministrators(site),
    'operator-rights': operatorRights(site),
    'service-rights': serviceRights(site),
    sysadmins: sysadmins(site),
    'sign-in': signIn(site),
    'service-start': serviceStart(site),
  } satisfies Partial<Record<SecurityLine, Request>>;
}

function localAdministrators(site: Site): Request {
  const { account } = site.operator;
  return {
    title: 'Local administrators',
    wanted:
      'The operator account is an administrator of each machine, by itself or by a group, also after policies are applied; its agent runs elevated.',
    table: {
      columns: [value('Account'), value('Machines')],
      rows: [[account, hostsOf(site).map(({ name }) => name)]],
    },
    why: 'Clustering, setup, services and certificate stores want it. It is the one account that does, and no domain administrator.',
    checks: [
      powershell(
        'On each machine',
        'Get-LocalGroupMember -SID S-1-5-32-544 | Format-Table Name, ObjectClass, PrincipalSource',
        'The account, or a group that it is in.',
      ),
    ],
    source: '*New-Cluster* and *Add-ClusterGenericServiceRole*, permissions; domain facts, C1 and C12.',
  };
}

/** Rights by the names that `secedit` knows; policies strip administrators of them, too. */
const SETUP_RIGHTS = [
  ['Back up files and directories', 'SeBackupPrivilege'],
  ['Debug programs', 'SeDebugPrivilege'],
  ['Manage auditing and security log', 'SeSecurityPrivilege'],
  ['Log on as a service', 'SeServiceLogonRight'],
] as const;

const SERVICE_RIGHTS = [
  ['Log on as a service', 'SeServiceLogonRight'],
  ['Bypass traverse checking', 'SeChangeNotifyPrivilege'],
  ['Replace a process-level token', 'SeAssignPrimaryTokenPrivilege'],
  ['Adjust memory quotas for a process', 'SeIncreaseQuotaPrivilege'],
] as const;

const PACKAGE_RIGHTS = [['Impersonate a client after authentication', 'SeImpersonatePrivilege']] as const;

function operatorRights(site: Site): Request {
  const { account } = site.operator;
  return {
    title: 'User rights of the operator account',
    wanted:
      'No policy takes these rights from administrators of the machines; the last one is for the agent, which runs as a service.',
    table: {
      columns: [value('Account'), words('Right'), value('Constant'), value('Machines')],
      rows: SETUP_RIGHTS.map(([right, constant]) => [
        account,
        right,
        constant,
        hostsOf(site).map(({ name }) => name),
      ]),
    },
    why: 'SQL Server’s setup refuses to install under an account that lacks one of the first three, though it is an administrator.',
    checks: [rightsCheck('On each machine, elevated', [account], SETUP_RIGHTS)],
    source:
      '*SQL Server installation fails if the Setup account doesn’t have certain user rights* (KB 2000257); domain facts, C1.',
  };
}

function serviceRights(site: Site): Request {
  const services = serviceAccountsOf(site);
  const accounts = [...new Set(services.map(({ account }) => account))];
  return {
    title: 'User rights of the service accounts',
    wanted:
      'Setup grants these rights to the accounts or their services, on the machines named here; no policy takes them away again, and no “Deny log on as a service” holds for them. Lock pages in memory and Perform volume maintenance tasks are not asked for: nothing here needs them.',
    table: {
      columns: [words('Service'), value('Account'), words('Rights'), value('Machines')],
      rows: services.map(({ service, account, hosts }) => [
        service,
        account,
        rightsOf(service).map(([right]) => right),
        hosts,
      ]),
    },
    why: 'Where a policy strips them a service does not start on that machine, after a failover say, or executions stay pending for ever.',
    checks: [
      rightsCheck('On each machine, elevated, after chapters 2, 3 and 9', accounts, [
        ...SERVICE_RIGHTS,
        ...PACKAGE_RIGHTS,
      ]),
    ],
    source:
      '*Configure Windows service accounts and permissions*, Windows privileges and rights; MicrosoftDocs/sql-docs #7105; domain facts, step 0.',
  };
}

/** What a service of this kind needs: words for people, and the constant. */
export function rightsOf(service: string): readonly (readonly [string, string])[] {
  return service.startsWith('Scale Out') ? [...SERVICE_RIGHTS, ...PACKAGE_RIGHTS] : SERVICE_RIGHTS;
}

/** Rights are exported by SID, so the accounts' SIDs are told beside them. */
function rightsCheck(
  where: string,
  accounts: readonly string[],
  rightsToSee: readonly (readonly [string, string])[],
): Check {
  const pattern = [...rightsToSee.map(([, constant]) => constant), 'SeDenyServiceLogonRight'].join('|');
  return powershell(
    where,
    `${listInPowershell(accounts)} | ForEach-Object { "$_ = *$(([Security.Principal.NTAccount]$_).Translate([Security.Principal.SecurityIdentifier]).Value)" }; secedit.exe /export /areas USER_RIGHTS /cfg "$env:TEMP\\user-rights.inf" | Out-Null; Select-String -Path "$env:TEMP\\user-rights.inf" -Pattern ${inPowershell(`^(${pattern})`)} | ForEach-Object { $_.Line }`,
    'Each right names the account, a group that it is in, or its service (S-1-5-80-…); SeDenyServiceLogonRight names none of them.',
  );
}

function sysadmins(site: Site): Request {
  const { instance, operator } = site;
  const wanted = [...new Set([...instance.sysadmins, operator.account])];
  return {
    title: 'Administrators of the engines',
    wanted:
      'These are sysadmin on every node and nobody else is, beside the services that setup enters itself. Setup enters them; sa stays disabled. An engine that is there already gets them before the run.',
    table: {
      columns: [value('Account'), value('Instance'), value('Nodes')],
      rows: wanted.map((account) => [account, instance.name, site.nodes.map(({ name }) => name)]),
    },
    why: 'Every statement of the procedure runs as the operator account; SSISDB and the availability group take no smaller right. Its role may be taken from it once a run is done.',
    checks: [
      sql(
        'On each node',
        `SELECT name, type_desc, is_disabled, CASE WHEN name IN (${listInSql(wanted)}) THEN 'wanted' ELSE 'other' END AS asked FROM sys.server_principals WHERE IS_SRVROLEMEMBER(N'sysadmin', name) = 1;`,
        'Each of the above as wanted; others only services (NT SERVICE\\…), and sa with is_disabled 1.',
      ),
    ],
    source:
      '*Install SQL Server from the command prompt*, SQLSYSADMINACCOUNTS; *IS_SRVROLEMEMBER*; domain facts, 2.3, 2.5 and C12.',
  };
}

function signIn(site: Site): Request {
  const { operator, executionLog, instance } = site;
  const byNtlm = operator.sqlAuthentication === 'ntlm';
  const hasSqlLogin = executionLog.login === 'sqlLogin';
  return {
    title: 'How the run and the workers sign in to the engines',
    wanted: byNtlm
      ? 'No policy forbids NTLM between the machines of the site for the operator account. Where one does, say so: the site file then names “integrated”.'
      : 'The operator account signs in from the agent’s own Windows session, by Kerberos or NTLM as your policies have it.',
    table: {
      columns: [words('Who'), value('As'), words('By')],
      rows: [
        ['the run', operator.account, byNtlm ? 'NTLM' : 'Windows authentication of its session'],
        ['the Scale Out Master', site.accounts.master.account, 'Windows authentication'],
        [
          'workers, for the execution log',
          hasSqlLogin ? '##MS_SSISLogDBWorkerAgentLogin##' : site.accounts.worker.account,
          hasSqlLogin ? 'SQL Server authentication' : 'Windows authentication',
        ],
      ],
    },
    why: hasSqlLogin
      ? `SSISDB refuses SQL logins for the procedure itself; only the execution log uses one, so the instance ${instance.authentication === 'mixed' ? 'is set to mixed authentication, behind a question' : 'must let SQL logins in'}.`
      : 'SSISDB refuses SQL logins for the procedure, and the execution log is written as the worker’s account: Windows authentication is enough.',
    checks: [
      sql(
        'On the engine, signed in as the operator account',
        'SELECT SUSER_SNAME() AS login, auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID;',
        byNtlm ? 'The operator account, by NTLM.' : 'The operator account, by KERBEROS or NTLM.',
      ),
      sql(
        'On each node, after chapter 2',
        "SELECT SERVERPROPERTY('IsIntegratedSecurityOnly') AS windows_only;",
        hasSqlLogin ? '0.' : '1, or 0 where others need it.',
      ),
    ],
    source:
      '*Network security: Restrict NTLM*; *sys.dm_exec_connections*, auth_scheme; domain facts, section 2 (operator), 2.3 and step 6.',
  };
}

/** The cluster starts and stops the Master; whoever else does makes two of them, or none. */
function serviceStart(site: Site): Request {
  const service = `SSISScaleOutMaster${versionSuffix(site)}`;
  return {
    title: 'Services that policies and tools leave alone',
    wanted:
      'Group Policy, configuration management and monitoring neither set this service’s start type nor start or restart it: Manual on every node, running on the one that owns the role. Never Disabled: the role could not start it.',
    table: {
      columns: [value('Service'), value('Start type'), value('Nodes')],
      rows: [[service, 'Manual', site.nodes.map(({ name }) => name)]],
    },
    why: 'The cluster owns it. Set back to Automatic it runs on two nodes at once, against one SSISDB.',
    checks: [
      powershell(
        'On each node, after chapter 3',
        `Get-CimInstance -ClassName Win32_Service -Filter ${inPowershell(`Name='${service}'`)} | Format-List Name, StartMode, State, StartName`,
        'StartMode Manual; State Running on the owner of the role and Stopped elsewhere.',
      ),
    ],
    source:
      '*Generic Service*, ResUtilSetResourceServiceStartParameters; domain facts, step 7 and pitfall 15.',
  };
}
