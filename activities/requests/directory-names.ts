import { fullName, type Site } from '../site.ts';
import { clusterAccount, hostsOf, namesOf } from './estate.ts';
import type { Line } from './lines.ts';
import { inPowershell, listInPowershell } from './quote.ts';
import { powershell, value, words, type Check, type Request } from './sheet.ts';

type DirectoryLine = Line<'directory'>;

/** Computer objects, names and machines: the first half of the sheet for the directory team. */
export function directoryNames(site: Site) {
  const { cluster, availabilityGroup, scaleOutMaster, operator } = site;
  const cno = clusterAccount(site);
  return {
    'cluster-object': computerObject(site, {
      title: 'Computer object of the cluster',
      name: cluster.name,
      holder: operator.account,
      why: 'The run creates the cluster as the operator account, which must be able to take this object and enable it. An enabled one is refused: the name is in use.',
    }),
    'listener-object': computerObject(site, {
      title: 'Computer object of the listener',
      name: availabilityGroup.listener.name,
      holder: cno,
      why: 'The cluster’s own account, which is the first object, brings the listener online under it.',
    }),
    'role-object': computerObject(site, {
      title: 'Computer object of the Scale Out Master’s role',
      name: scaleOutMaster.name,
      holder: cno,
      why: 'The cluster’s own account, which is the first object, brings the clustered role online under it.',
    }),
    'creation-right': creationRight(site),
    'cluster-names': clusterNames(site),
    hosts: hosts(site),
  } satisfies Partial<Record<DirectoryLine, Request>>;
}

interface ComputerObject {
  readonly title: string;
  readonly name: string;
  readonly holder: string;
  readonly why: string;
}

function computerObject({ directory }: Site, { title, name, holder, why }: ComputerObject): Request {
  const isPrestaged = directory.computerObjects === 'prestaged';
  return {
    title,
    wanted: isPrestaged
      ? 'A computer object in this unit: disabled, protected from accidental deletion, with full control for the account named here.'
      : 'No object, or a disabled one: the run makes it in this unit, with full control for the account named here. The name stays free.',
    table: {
      columns: [value('Computer object'), value('Unit'), words('State'), value('Full control for')],
      rows: [[name, directory.ou, 'disabled', holder]],
    },
    why,
    checks: objectChecks(name, holder, directory.domain, isPrestaged),
    source:
      '*Prestage cluster computer objects in Active Directory Domain Services*, steps 1 to 3; domain facts, 1.3.',
  };
}

function objectChecks(name: string, holder: string, domain: string, isPrestaged: boolean): readonly Check[] {
  const where = 'On a machine with RSAT-AD-PowerShell';
  const filter = inPowershell(`(sAMAccountName=${name}$)`);
  const find = `Get-ADComputer -LDAPFilter ${filter} -Server ${inPowershell(domain)}`;
  const absent = isPrestaged ? '' : ', or nothing at all';
  return [
    powershell(
      where,
      `${find} -Properties ProtectedFromAccidentalDeletion | Format-List DistinguishedName, Enabled, ProtectedFromAccidentalDeletion`,
      `Enabled is False, the unit is the one above${absent}.`,
    ),
    powershell(
      where,
      `${find} | ForEach-Object { (Get-Acl -LiteralPath "AD:\\$($_.DistinguishedName)").Access } | Where-Object { $_.IdentityReference -eq ${inPowershell(holder)} } | Format-Table IdentityReference, ActiveDirectoryRights, AccessControlType`,
      `GenericAll, Allow${absent}.`,
    ),
  ];
}

/** Where all three are prestaged, nobody needs a right on the unit and no quota is used. */
function creationRight({ directory, operator }: Site): Request {
  const isPrestaged = directory.computerObjects === 'prestaged';
  return {
    title: 'Right to create computer objects, and the quota of ten',
    wanted: isPrestaged
      ? 'No right to create anything: the three objects are prestaged. If one of them is not, the cluster’s account needs Create Computer objects on the unit, and the quota of ten holds: objects of listeners and roles that are gone still count.'
      : 'Create Computer objects and Read all properties on the unit for the operator account, who makes the three objects. Without that right the domain’s quota holds, ten objects an account unless it was changed: those of listeners and roles that are gone still count.',
    table: {
      columns: [value('Unit'), value('Account'), words('Right')],
      rows: [
        [
          directory.ou,
          operator.account,
          isPrestaged ? 'none' : 'Create Computer objects, Read all properties',
        ],
      ],
    },
    why: 'Where the right is missing or the quota is used up, a name fails only when it is brought online, in the middle of the run.',
    checks: [
      powershell(
        'On a machine with RSAT-AD-PowerShell: who may create objects in the unit',
        `Import-Module ActiveDirectory; (Get-Acl -LiteralPath ${inPowershell(`AD:\\${directory.ou}`)}).Access | Where-Object { $_.ActiveDirectoryRights -match 'CreateChild|GenericAll' } | Format-Table IdentityReference, ActiveDirectoryRights, ObjectType, AccessControlType`,
        isPrestaged
          ? 'Whatever your rules say: the run needs nothing of it.'
          : 'The account, or a group that it is in: Allow, for all objects (zeros) or computers (bf967a86-0de6-11d0-a285-00aa003049e2).',
      ),
      powershell(
        'On a machine with RSAT-AD-PowerShell: the quota',
        `Get-ADDomain -Server ${inPowershell(directory.domain)} | Get-ADObject -Server ${inPowershell(directory.domain)} -Properties 'ms-DS-MachineAccountQuota' | Format-List 'ms-DS-MachineAccountQuota'`,
        'Told for completeness: any number will do once the line above is done.',
      ),
    ],
    source:
      '*Prestage cluster computer objects in Active Directory Domain Services*, step 3 and the quota of the Computers container; domain facts, 1.3.',
  };
}

function clusterNames(site: Site): Request {
  const names = namesOf(site);
  return {
    title: 'Names in DNS',
    wanted:
      'No records of these names, or records with exactly these addresses. The zone takes secure dynamic updates; where records are made beforehand, each computer object may write its own.',
    table: {
      columns: [value('Name'), value('Addresses')],
      // A distributed name stands for the addresses of the nodes.
      rows: names.map(({ fullName: name, ips }) => [
        name,
        ips.length > 0 ? ips : site.nodes.map(({ ip }) => ip),
      ]),
    },
    why: 'Cluster, listener and role register their names themselves; a refused update leaves a name that nobody can resolve, one that leads elsewhere sends workers there.',
    checks: [
      powershell(
        'On the first node',
        `${listInPowershell(names.map(({ fullName: name }) => name))} | ForEach-Object { Resolve-DnsName -Name $_ -Type A -DnsOnly -ErrorAction SilentlyContinue } | Format-Table Name, IPAddress, TTL`,
        'Nothing, or the addresses above and no others.',
      ),
    ],
    source:
      '*Prestage cluster computer objects in Active Directory Domain Services*, DNS records; domain facts, 1.3 and 1.4 (event 1196).',
  };
}

function hosts(site: Site): Request {
  const all = hostsOf(site);
  const domain = site.directory.domain;
  return {
    title: 'Machines: members of the domain, known by name, with its time',
    wanted:
      'Each machine is a member server of this domain (no domain controller), its name resolves to its address and no other, and its clock follows the domain’s.',
    table: {
      columns: [value('Machine'), value('Name'), value('Address'), value('Domain')],
      rows: all.map(({ name, ip }) => [name, fullName(name, site), ip, domain]),
    },
    why: 'Certificates, endpoints and Kerberos go by full names; Kerberos refuses clocks that are five minutes apart.',
    checks: [
      powershell(
        'On any machine of the site',
        `${listInPowershell(all.map((host) => host.fullName))} | ForEach-Object { Resolve-DnsName -Name $_ -Type A -DnsOnly } | Format-Table Name, IPAddress`,
        'One line for each machine, with the address above.',
      ),
      powershell(
        'On each machine',
        'Get-CimInstance -ClassName Win32_ComputerSystem | Format-List Name, Domain, DomainRole',
        'The domain above; DomainRole 3, a member server.',
      ),
      powershell(
        'On each machine',
        `w32tm.exe /stripchart ${inPowershell(`/computer:${domain}`)} /samples:1 /dataonly`,
        'An offset of a few seconds; 300 are refused.',
      ),
    ],
    source:
      '*Maximum tolerance for computer clock synchronization*; *Win32_ComputerSystem*, DomainRole; domain facts, step 0.',
  };
}
