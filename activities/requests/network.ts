import { fullName, type Site } from '../site.ts';
import { lies, networkOf, type Network } from '../site-networks.ts';
import { namesOf, hostsOf } from './estate.ts';
import { firewalls, hostFirewalls } from './firewalls.ts';
import type { Line } from './lines.ts';
import { inPowershell, listInPowershell } from './quote.ts';
import { powershell, value, words, type Request } from './sheet.ts';

/** What the network team is asked for. */
export function networkRequests(site: Site): Record<Line<'network'>, Request> {
  return {
    addresses: addresses(site),
    subnets: subnets(site),
    'names-across-subnets': namesAcrossSubnets(site),
    firewalls: firewalls(site),
    'host-firewalls': hostFirewalls(site),
    'free-ports': freePorts(site),
    'untouched-tls': untouchedTls(site),
    'load-balancers': loadBalancers(site),
  };
}

function addresses(site: Site): Request {
  const names = namesOf(site).filter(({ ips }) => ips.length > 0);
  const all = names.flatMap(({ ips }) => ips);
  return {
    title: 'Addresses to reserve',
    wanted:
      'These addresses are reserved, lie in no DHCP range, and nobody answers at them. They move between the nodes: no port security, ARP inspection or anti-spoofing may bind one to a machine.',
    table: {
      columns: [value('Name'), value('Addresses')],
      rows: names.map(({ fullName: name, ips }) => [name, ips]),
    },
    why: 'An address that is taken shows only when the cluster, the listener or the role comes online.',
    checks: [
      powershell(
        'On the first node',
        `${listInPowershell(all)} | ForEach-Object { [pscustomobject]@{ Address = $_; Answers = (Test-Connection -ComputerName $_ -Count 1 -Quiet); Neighbour = (Get-NetNeighbor -IPAddress $_ -ErrorAction SilentlyContinue).LinkLayerAddress } } | Format-Table`,
        'Answers False and no neighbour but zeros, before the run.',
      ),
    ],
    source: '*Create a failover cluster*, verify the prerequisites; domain facts, section 2 and 1.4.',
  };
}

/** Masks stand at the listener's addresses alone. */
function subnets(site: Site): Request {
  const title = 'Subnets';
  const networks = networksOf(site);
  const names = namesOf(site);
  if (networks.length === 0) return { title, notNeeded: 'The listener’s masks tell of none.' };
  return {
    title,
    wanted:
      networks.length > 1
        ? 'Routing both ways between these subnets, and between them and the workers. Listener and role have an address in each and are online at one of them at a time.'
        : 'Nodes and addresses of the cluster lie in one subnet, which is routed to the workers and operators.',
    table: {
      columns: [value('Subnet'), value('Nodes'), value('Addresses of cluster, listener and role')],
      rows: networks.map((network) => [
        network.text,
        site.nodes.filter(({ ip }) => lies(ip, [network])).map(({ name, ip }) => `${name} ${ip}`),
        names.flatMap(({ name, ips }) =>
          ips.filter((ip) => lies(ip, [network])).map((ip) => `${name} ${ip}`),
        ),
      ]),
    },
    why: 'A name comes online only on a node in whose subnet it has an address.',
    checks: [
      powershell(
        'On each node',
        'Get-NetIPAddress -AddressFamily IPv4 | Format-Table InterfaceAlias, IPAddress, PrefixLength, PrefixOrigin',
        'The node’s address above, with the length of its subnet; PrefixOrigin Manual.',
      ),
    ],
    source:
      '*CREATE AVAILABILITY GROUP*, LISTENER, WITH IP: one address for each subnet; domain facts, 4.6 and step 7.',
  };
}

function networksOf(site: Site): readonly Network[] {
  const found = site.availabilityGroup.listener.addresses.flatMap(({ ip, mask }) => {
    const network = networkOf(ip, mask);
    return network === null ? [] : [network];
  });
  return found.filter(({ text }, at) => found.findIndex((other) => other.text === text) === at);
}

/** How often a client may find an old address, in seconds: what the run sets where there are several subnets. */
const RECORD_SECONDS = 300;

function namesAcrossSubnets(site: Site): Request {
  const title = 'Names across subnets';
  const { availabilityGroup, scaleOutMaster } = site;
  const { listener } = availabilityGroup;
  const moving = [
    { name: listener.name, ips: listener.addresses.map(({ ip }) => ip), role: availabilityGroup.name },
    {
      name: scaleOutMaster.name,
      ips: scaleOutMaster.addresses.map(({ ip }) => ip),
      role: scaleOutMaster.name,
    },
  ].filter(({ ips }) => ips.length > 1);
  if (moving.length === 0) {
    return { title, notNeeded: 'Listener and role have one address each: their records never change.' };
  }
  const names = moving.map(({ name }) => fullName(name, site));
  return {
    title,
    wanted: `The run registers these names with the one address that is online (RegisterAllProvidersIP 0), for ${RECORD_SECONDS} seconds (HostRecordTTL). DNS servers that nodes, workers and operators ask must have a changed record within that time, and caches must keep it no longer.`,
    table: {
      columns: [value('Name'), value('Addresses, one at a time'), value('Cluster group')],
      rows: moving.map(({ ips, role }, at) => [names[at] ?? '', ips, role]),
    },
    why: 'The Scale Out Master and its workers take a server name only and cannot say MultiSubnetFailover: with all addresses in DNS, or an old one, they wait for a timeout after each failover.',
    checks: [
      powershell(
        'On each worker, after chapters 4 and 7',
        `${listInPowershell(names)} | ForEach-Object { Resolve-DnsName -Name $_ -Type A -DnsOnly } | Format-Table Name, IPAddress, TTL`,
        `One address for each name, TTL ${RECORD_SECONDS} or less.`,
      ),
      powershell(
        'On a node, after chapters 4 and 7',
        `${listInPowershell(moving.map(({ role }) => role))} | ForEach-Object { Get-ClusterGroup -Name $_ } | Get-ClusterResource | Where-Object { $_.ResourceType.Name -eq 'Network Name' } | Get-ClusterParameter -Name RegisterAllProvidersIP, HostRecordTTL | Format-Table Object, Name, Value`,
        `RegisterAllProvidersIP 0 and HostRecordTTL ${RECORD_SECONDS} for each.`,
      ),
    ],
    source:
      '*Configure a listener for an Always On availability group*, RegisterAllProvidersIP and HostRecordTTL; domain facts, 4.6.',
  };
}

function freePorts({ instance, availabilityGroup, scaleOutMaster, nodes }: Site): Request {
  const ports = [
    [String(instance.port), 'Database Engine'],
    ...(availabilityGroup.listener.port === instance.port
      ? []
      : [[String(availabilityGroup.listener.port), 'listener of the availability group']]),
    [String(availabilityGroup.endpointPort), 'endpoint of the availability group'],
    [String(scaleOutMaster.port), 'Scale Out Master'],
  ];
  const numbers = ports.map(([port]) => port).join(', ');
  return {
    title: 'Ports that stay free on the nodes',
    wanted: 'No other program on a node listens at these ports.',
    table: {
      columns: [value('TCP port'), words('Kept for'), value('Machines')],
      rows: ports.map(([port = '', use = '']) => [port, use, nodes.map(({ name }) => name)]),
    },
    why: 'A service that finds its port taken starts and serves nobody.',
    checks: [
      powershell(
        'On each node',
        `Get-NetTCPConnection -State Listen -ErrorAction SilentlyContinue | Where-Object { $_.LocalPort -in ${numbers} } | Format-Table LocalAddress, LocalPort, OwningProcess`,
        'Nothing before the run; afterwards the services above.',
      ),
    ],
    source: 'Domain facts, section 3, table of ports.',
  };
}

function untouchedTls(site: Site): Request {
  const master = fullName(site.scaleOutMaster.name, site);
  const { port } = site.scaleOutMaster;
  return {
    title: 'TLS that nobody opens',
    wanted:
      'No proxy and no inspection of TLS between the workers and the Scale Out Master. Workers use no proxy for this name.',
    table: {
      columns: [value('From'), value('To'), value('TCP port')],
      rows: [
        [
          hostsOf(site)
            .filter((host) => host.isWorker)
            .map(({ name }) => name),
          master,
          String(port),
        ],
      ],
    },
    why: 'Worker and Master show each other certificates, and a worker takes the Master’s by its thumbprint: one that was signed anew on the way is refused.',
    checks: [
      powershell(
        'On each worker, after chapter 7',
        `$client = New-Object -TypeName Net.Sockets.TcpClient -ArgumentList ${inPowershell(master)}, ${port}; $stream = New-Object -TypeName Net.Security.SslStream -ArgumentList @($client.GetStream(), $false, { $true }); $stream.AuthenticateAsClient(${inPowershell(master)}); $stream.RemoteCertificate.GetCertHashString(); $client.Close()`,
        'The thumbprint of the Master’s certificate, the same on every worker.',
      ),
    ],
    source: '*SSIS Scale Out Worker*, MasterHttpsCertThumbprint; domain facts, section 1 and R4.',
  };
}

function loadBalancers(site: Site): Request {
  const title = 'Load balancers';
  const { listener } = site.availabilityGroup;
  const [, ofListener, ofRole] = namesOf(site);
  const rules = [
    { name: ofListener, port: listener.port, probePort: listener.probePort },
    { name: ofRole, port: site.scaleOutMaster.port, probePort: site.scaleOutMaster.probePort },
  ].filter(({ probePort }) => probePort !== undefined);
  if (rules.length === 0) {
    return { title, notNeeded: 'The site names no probePort: no load balancer answers for its addresses.' };
  }
  return {
    title,
    wanted:
      'An internal load balancer (in Azure the Standard one) with a frontend, a rule with floating IP and a health probe of its own for each. Each probe asks its own TCP port, which is open on the nodes to 168.63.129.16. Behind each stand all nodes.',
    table: {
      columns: [value('Name'), value('Frontend'), value('TCP port'), value('Probe'), value('Behind it')],
      rows: rules.map(({ name, port, probePort }) => [
        name?.fullName ?? '',
        name?.ips ?? [],
        String(port),
        `TCP ${probePort}`,
        site.nodes.map((node) => `${node.name} ${node.ip}`),
      ]),
    },
    why: 'There an address of the cluster is not routable by itself. The run sets each probe’s port on its address in the cluster: only the node that has the address answers, and traffic goes there.',
    checks: [
      powershell(
        'On a node, after chapters 4 and 7',
        `Get-ClusterResource | Where-Object { $_.ResourceType.Name -eq 'IP Address' } | Get-ClusterParameter -Name Address, ProbePort, SubnetMask | Format-Table Object, Name, Value`,
        'The frontends above, each with its own ProbePort and mask 255.255.255.255.',
      ),
    ],
    source:
      '*SSIS Scale Out support for high availability*, notes on Azure; domain facts, Azure VM specifics.',
  };
}
