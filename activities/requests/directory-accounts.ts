import { fullName, type Site } from '../site.ts';
import { isManaged, partsOf, serviceAccountsOf } from './estate.ts';
import type { Line } from './lines.ts';
import { inPowershell, listInPowershell } from './quote.ts';
import { powershell, value, words, type Check, type Request } from './sheet.ts';

type DirectoryLine = Line<'directory'>;

/** Accounts and groups: the second half of the sheet for the directory team. */
export function directoryAccounts(site: Site) {
  return {
    'service-accounts': serviceAccounts(site),
    'managed-accounts': managedAccounts(site),
    'service-principal-names': servicePrincipalNames(site),
    'operator-account': operatorAccount(site),
    'administrator-groups': administratorGroups(site),
  } satisfies Partial<Record<DirectoryLine, Request>>;
}

const WITH_DIRECTORY_TOOLS = 'On a machine with RSAT-AD-PowerShell';

function serviceAccounts(site: Site): Request {
  const services = serviceAccountsOf(site);
  const accounts = [...new Set(services.map(({ account }) => account))];
  return {
    title: 'Service accounts',
    wanted:
      'These accounts exist, are enabled, and are of the kind named here. One account serves the engine on all nodes. The passwords of users go to the database team by your own way, never on this sheet.',
    table: {
      columns: [words('Service'), value('Account'), words('Kind'), value('Machines')],
      rows: services.map(({ service, account, hosts, isManaged: managed }) => [
        service,
        account,
        managed ? 'group managed service account' : 'user',
        hosts,
      ]),
    },
    why: 'The Master reaches SSISDB over the network, on whichever node it is: only an account of the domain can. Kerberos for the listener wants the same engine account on all replicas.',
    checks: accounts.map(accountCheck),
    source:
      '*SSIS Scale Out support for high availability*, step 2; *Prerequisites, restrictions and recommendations for Always On availability groups*, Kerberos; domain facts, 2.1 and C12.',
  };
}

function accountCheck(account: string): Check {
  const { domain, name } = partsOf(account);
  const where = `-Server ${inPowershell(domain)} -Identity ${inPowershell(name)}`;
  return isManaged(account)
    ? powershell(
        WITH_DIRECTORY_TOOLS,
        `Get-ADServiceAccount ${where} | Format-List SamAccountName, ObjectClass, Enabled`,
        'ObjectClass msDS-GroupManagedServiceAccount, Enabled True.',
      )
    : powershell(
        WITH_DIRECTORY_TOOLS,
        `Get-ADUser ${where} -Properties LockedOut, PasswordExpired | Format-List SamAccountName, Enabled, LockedOut, PasswordExpired`,
        'Enabled True, LockedOut and PasswordExpired False.',
      );
}

function managedAccounts(site: Site): Request {
  const title = 'Who may retrieve the passwords of group managed accounts';
  const managed = new Map<string, Set<string>>();
  for (const { account, hosts } of serviceAccountsOf(site).filter((service) => service.isManaged)) {
    managed.set(account, new Set([...(managed.get(account) ?? []), ...hosts]));
  }
  if (managed.size === 0) return { title, notNeeded: 'No account of this site is group managed.' };
  return {
    title,
    wanted:
      'The domain has a KDS root key, and the machines named here may retrieve the password, by name or by a group that they are in. A machine that joined such a group restarts before it can.',
    table: {
      columns: [value('Account'), value('Machines that may retrieve its password')],
      rows: [...managed].map(([account, hosts]) => [account, [...hosts].map((host) => `${host}$`)]),
    },
    why: 'Setup and the service’s start fail on a machine that may not: after a failover, if it is the second node.',
    checks: [...managed.keys()].flatMap(managedChecks),
    source:
      '*Getting started with group managed service accounts*; *Test-ADServiceAccount*; domain facts, 2.1.',
  };
}

function managedChecks(account: string): readonly Check[] {
  const { domain, name } = partsOf(account);
  return [
    powershell(
      WITH_DIRECTORY_TOOLS,
      `Get-ADServiceAccount -Server ${inPowershell(domain)} -Identity ${inPowershell(name)} -Properties PrincipalsAllowedToRetrieveManagedPassword | Select-Object -ExpandProperty PrincipalsAllowedToRetrieveManagedPassword`,
      'The machines above, or groups that hold them.',
    ),
    powershell(
      'On each of the machines above, with RSAT-AD-PowerShell',
      `Test-ADServiceAccount -Identity ${inPowershell(name)}`,
      'True.',
    ),
  ];
}

/** The listener's is nobody's to register but a domain administrator's; a node's engine may have done so itself. */
function servicePrincipalNames(site: Site): Request {
  const { engine } = site.accounts;
  const names = principalNames(site);
  return {
    title: 'Service principal names of the engine',
    wanted: 'Each of these names is registered on the account of the engine, and on no other.',
    table: {
      columns: [value('Service principal name'), value('Account')],
      rows: names.map((name) => [name, engine.account]),
    },
    why: 'Without them, or with one of them twice, clients of the listener fall back to NTLM or are refused after a failover. The engine registers its own only where it may; the listener’s it never does.',
    checks: [
      powershell(
        'On any member of the domain',
        `${listInPowershell(names)} | ForEach-Object { setspn.exe -Q $_ }`,
        'Each is found once, under the account above.',
      ),
    ],
    source:
      '*Register a Service Principal Name for Kerberos connections*; *Configure a listener for an Always On availability group*, SPNs; domain facts, C12.',
  };
}

function principalNames(site: Site): readonly string[] {
  const { instance, availabilityGroup, nodes } = site;
  const { listener } = availabilityGroup;
  const isDefault = instance.name === 'MSSQLSERVER';
  return [
    `MSSQLSvc/${fullName(listener.name, site)}:${listener.port}`,
    ...nodes.flatMap(({ name }) => {
      const node = `MSSQLSvc/${fullName(name, site)}`;
      return [`${node}:${instance.port}`, isDefault ? node : `${node}:${instance.name}`];
    }),
  ];
}

function operatorAccount({ operator }: Site): Request {
  const { domain, name } = partsOf(operator.account);
  const isManagedOperator = isManaged(operator.account);
  const cmdlet = isManagedOperator ? 'Get-ADServiceAccount' : 'Get-ADUser';
  return {
    title: 'Operator account',
    wanted:
      operator.sqlAuthentication === 'ntlm'
        ? 'This account exists and is enabled, is no domain administrator, and is not in Protected Users, who may not use NTLM.'
        : 'This account exists and is enabled, and is no domain administrator.',
    table: {
      columns: [value('Account'), words('Kind'), words('Signs in to the engines by')],
      rows: [
        [
          operator.account,
          isManagedOperator ? 'group managed service account' : 'user',
          operator.sqlAuthentication === 'ntlm' ? 'NTLM, with its password' : 'its own Windows session',
        ],
      ],
    },
    why: 'The whole procedure runs as this account: administrator of the machines and of the engines, and of nothing else.',
    checks: [
      powershell(
        WITH_DIRECTORY_TOOLS,
        `${cmdlet} -Server ${inPowershell(domain)} -Identity ${inPowershell(name)} -Properties MemberOf | Format-List SamAccountName, Enabled, MemberOf`,
        'Enabled True; neither Domain Admins nor Protected Users among its groups.',
      ),
    ],
    source: '*Protected Users Security Group*, NTLM; domain facts, section 2 (operator), C1 and C12.',
  };
}

function administratorGroups({ instance }: Site): Request {
  return {
    title: 'Administrators of the engine',
    wanted: 'These accounts exist; groups rather than people.',
    table: { columns: [value('Group or account')], rows: instance.sysadmins.map((account) => [account]) },
    why: 'Setup makes them sysadmin on every node, and ends with an error where one of them is unknown.',
    checks: [
      powershell(
        'On any member of the domain',
        `${listInPowershell(instance.sysadmins)} | ForEach-Object { ([Security.Principal.NTAccount]$_).Translate([Security.Principal.SecurityIdentifier]).Value }`,
        'One SID for each, and no error.',
      ),
    ],
    source: '*Install SQL Server from the command prompt*, SQLSYSADMINACCOUNTS; domain facts, 2.3.',
  };
}
