import { rulesFor } from '../setup/firewall.ts';
import type { Site } from '../site.ts';
import { hostsOf, namesOf, shareOf } from './estate.ts';
import { listInPowershell } from './quote.ts';
import { sharesOf } from './shares.ts';
import { powershell, value, words, type Cell, type Check, type Request } from './sheet.ts';

/** Source, target, port, protocol and purpose of every connection that the product and the run make. */
export function firewalls(site: Site): Request {
  return {
    title: 'Connections to let through',
    wanted:
      'Firewalls between networks let these connections through, beside what every member of the domain needs for its domain controllers (DNS, Kerberos, LDAP, RPC, SMB, time). Workers need nothing inbound.',
    table: {
      columns: [value('From'), value('To'), value('Port'), words('Protocol'), words('Purpose')],
      rows: [...productRows(site), ...clusterRows(site), ...outwardRows(site), ...runbookRows(site)],
    },
    why: 'What is closed shows late: the endpoint when SSISDB is seeded, a second node’s port only after a failover.',
    checks: reachChecks(site),
    source:
      '*Service overview and network port requirements for Windows* (KB 832017), cluster service; *Walkthrough: Set up Integration Services Scale Out*, firewall; domain facts, section 3.',
  };
}

type Row = readonly [from: Cell, to: Cell, port: string, protocol: string, purpose: string];

const PURPOSES: Readonly<Record<string, string>> = {
  'ssis-ha-master':
    'workers fetch their tasks from the Scale Out Master (HTTPS with certificates of both sides)',
  'ssis-ha-engine': 'Master, workers and operators sign in to the engine and write the execution log',
  'ssis-ha-listener': 'Master, workers and operators reach SSISDB through the listener',
  'ssis-ha-endpoint': 'replicas of SSISDB keep one another up to date',
  'ssis-ha-listener-probe': 'the load balancer finds the node that has the listener',
  'ssis-ha-master-probe': 'the load balancer finds the node that has the role',
};

/** The same rules that the run opens on the nodes themselves, with the cluster's moving addresses. */
function productRows(site: Site): readonly Row[] {
  const { addresses, rules } = rulesFor(site);
  const nodes = nodesOf(site);
  const [, listener, role] = namesOf(site);
  const moving: Readonly<Record<string, readonly string[]>> = {
    'ssis-ha-master': role?.ips ?? [],
    'ssis-ha-engine':
      site.availabilityGroup.listener.port === site.instance.port ? (listener?.ips ?? []) : [],
    'ssis-ha-listener': listener?.ips ?? [],
  };
  return rules.flatMap(({ name, port, from }) =>
    from
      .filter((group) => addresses[group].length > 0)
      .map((group): Row => [
        group === 'nodes' ? nodes : addresses[group],
        [...nodes, ...(moving[name] ?? [])],
        String(port),
        'TCP',
        PURPOSES[name] ?? '',
      ]),
  );
}

function clusterRows(site: Site): readonly Row[] {
  const nodes = nodesOf(site);
  return [
    [nodes, nodes, '3343', 'UDP and TCP', 'heartbeat of the cluster, and joining it'],
    [nodes, nodes, '135', 'TCP', 'RPC: the cluster service and its tools'],
    [nodes, nodes, '49152–65535', 'TCP', 'RPC, dynamic ports: the cluster service and its tools'],
    [nodes, nodes, '445', 'TCP', 'SMB: validation and tools of the cluster'],
  ];
}

function outwardRows(site: Site): readonly Row[] {
  const { witness } = site.cluster;
  const workers = hostsOf(site)
    .filter(({ isWorker, isNode }) => isWorker && !isNode)
    .map(({ ip }) => ip);
  const servers = new Map<string, { purposes: string[]; reachesWorkers: boolean }>();
  for (const { path, use, forWorkers } of sharesOf(site)) {
    const server = shareOf(path)?.server;
    if (server === undefined) continue;
    const known = servers.get(server) ?? { purposes: [], reachesWorkers: false };
    servers.set(server, {
      purposes: [...known.purposes, use],
      reachesWorkers: known.reachesWorkers || forWorkers,
    });
  }
  return [
    ...[...servers].map(([server, { purposes, reachesWorkers }]): Row => [
      reachesWorkers ? [...nodesOf(site), ...workers] : nodesOf(site),
      server,
      '445',
      'TCP',
      `SMB: ${purposes.join(', ')}`,
    ]),
    ...(witness.kind === 'cloud'
      ? [
          [
            nodesOf(site),
            `${witness.account}.blob.${witness.endpoint}`,
            '443',
            'TCP',
            'HTTPS: the cluster’s witness in a storage account',
          ] satisfies Row,
        ]
      : []),
  ];
}

/** The server's address is not of the site file: agents are told it by TEMPORAL_ADDRESS. */
function runbookRows(site: Site): readonly Row[] {
  const hosts = hostsOf(site).map(({ ip }) => ip);
  return [
    [
      hosts,
      'Temporal server (TEMPORAL_ADDRESS)',
      '7233 unless told otherwise',
      'TCP',
      'agents of ssis-ha fetch their work; outward only',
    ],
    ['jump host', hosts, '5985, 5986', 'TCP', 'WinRM, only where a jump host stands in for the agents'],
  ];
}

function nodesOf({ nodes }: Site): readonly string[] {
  return nodes.map(({ ip }) => ip);
}

function reachChecks(site: Site): readonly Check[] {
  const { instance, availabilityGroup, scaleOutMaster } = site;
  const nodes = listInPowershell(nodesOf(site));
  const [, listener, role] = namesOf(site);
  const between = [135, 445, 3343, instance.port, availabilityGroup.endpointPort, scaleOutMaster.port];
  const ports = [...new Set(between)].join(', ');
  const show = 'Format-Table ComputerName, RemotePort, TcpTestSucceeded';
  return [
    powershell(
      'On each node',
      `${nodes} | ForEach-Object { foreach ($port in ${ports}) { Test-NetConnection -ComputerName $_ -Port $port -WarningAction SilentlyContinue } } | ${show}`,
      'True for 135 and 445 before the run; for the others once the run has brought up what listens there.',
    ),
    powershell(
      'On each worker, after chapter 7',
      `${listInPowershell([role?.fullName ?? ''])} | ForEach-Object { Test-NetConnection -ComputerName $_ -Port ${scaleOutMaster.port} } | ${show}; ${listInPowershell([listener?.fullName ?? ''])} | ForEach-Object { Test-NetConnection -ComputerName $_ -Port ${availabilityGroup.listener.port} } | ${show}`,
      'True and True, also after each drill.',
    ),
  ];
}

/** Windows' own firewall on the nodes: the run's, or the network team's. */
export function hostFirewalls(site: Site): Request {
  const { profile, addresses, rules } = rulesFor(site);
  const isOurs = site.firewall.manage;
  return {
    title: 'Firewall of Windows on the nodes',
    wanted: isOurs
      ? 'Nothing to open: the run makes these inbound rules on every node. No policy may switch off rules that are made locally, or remove these.'
      : 'These inbound rules on every node: the site file leaves them to you (firewall.manage: false). Never open to everybody.',
    table: {
      columns: [value('Rule'), value('TCP port'), value('Open to'), value('Profile')],
      rows: rules.map(({ name, port, from }) => [
        name,
        String(port),
        from.flatMap((group) => addresses[group]),
        profile,
      ]),
    },
    why: 'Setup opens none of them, and a rule that is missing on one node shows only when Master or SSISDB run there.',
    checks: [
      powershell(
        'On each node',
        'Get-NetFirewallProfile -PolicyStore ActiveStore | Format-Table Name, Enabled, AllowLocalFirewallRules',
        isOurs ? 'AllowLocalFirewallRules is not False for the profile above.' : 'As your rules want it.',
      ),
      powershell(
        'On each node, after chapter 2',
        `${listInPowershell(rules.map(({ name }) => name))} | ForEach-Object { Get-NetFirewallRule -Name $_ } | Format-Table Name, Enabled, Direction, Action, Profile`,
        isOurs ? 'Each is there: enabled, inbound, allow.' : 'Each, or your own of the same effect.',
      ),
    ],
    source: '*New-NetFirewallRule*, -Name and -RemoteAddress; *Get-NetFirewallProfile*; domain facts, 2.7.',
  };
}
