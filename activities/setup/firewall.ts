import type { Site } from '../site.ts';

/** One inbound rule as it is to be. */
export interface WantedRule {
  readonly name: string;
  readonly displayName: string;
  readonly port: string;
  readonly profile: string;
  readonly remoteAddresses: string[];
}

type Kind = 'nodes' | 'workers' | 'operators' | 'loadBalancers';

/**
 * Where the probes of every load balancer in Azure come from.
 *
 * Source: *What is IP address 168.63.129.16*.
 */
const AZURE = '168.63.129.16';

/** The rules of a node and whom they let in; the addresses stand once, since several rules share them. */
export function rulesFor(site: Site) {
  const { firewall, instance, availabilityGroup, scaleOutMaster, nodes, workers } = site;
  const { listener, endpointPort } = availabilityGroup;
  const rule = (what: string, displayName: string, port: number, from: readonly Kind[]) => ({
    name: `ssis-ha-${what}`,
    displayName: `${displayName} ${port}`,
    port,
    from,
  });
  const probes = [
    { what: 'listener-probe', of: 'listener', port: listener.probePort },
    { what: 'master-probe', of: 'Scale Out Master', port: scaleOutMaster.probePort },
  ].flatMap(({ what, of, port }) =>
    port === undefined ? [] : [rule(what, `Probe of the ${of}`, port, ['loadBalancers'])],
  );
  const outside = workers
    .map(({ ip }) => ip)
    .filter((ip) => !firewall.workers.some((net) => isInside(ip, net)));
  return {
    profile: firewall.profile,
    addresses: {
      nodes: nodes.map(({ ip }) => ip),
      workers: [...firewall.workers, ...outside.filter((ip) => !nodes.some((node) => node.ip === ip))],
      operators: firewall.operators,
      loadBalancers: probes.length > 0 ? [AZURE] : [],
    },
    rules: [
      rule('master', 'SSIS Scale Out Master', scaleOutMaster.port, ['nodes', 'workers']),
      rule('engine', 'SQL Server', instance.port, ['nodes', 'workers', 'operators']),
      ...(listener.port === instance.port
        ? []
        : [rule('listener', 'SQL Server listener', listener.port, ['nodes', 'workers', 'operators'])]),
      rule('endpoint', 'SQL Server availability group', endpointPort, ['nodes']),
      ...probes,
    ],
  };
}

/** Windows answers `10.0.0.0/255.255.255.0` where it was told `10.0.0.0/24`, in any order. */
export function sameAddresses(one: readonly string[], other: readonly string[]): boolean {
  const inOrder = (addresses: readonly string[]) => [...new Set(addresses.map(canonical))].toSorted().join();
  return inOrder(one) === inOrder(other);
}

export function sayRule({ displayName, remoteAddresses }: WantedRule): string {
  return `${remoteAddresses.length} addresses and networks (${remoteAddresses[0]} …) in to ${displayName}`;
}

function canonical(address: string): string {
  const [start = '', length = '32'] = address.split('/');
  const bits = length.includes('.') ? prefixOf(length) : Number(length);
  return `${start}/${bits}`;
}

/** 255.255.255.0 → 24. */
function prefixOf(mask: string): number {
  return numberOf(mask).toString(2).replaceAll('0', '').length;
}

function isInside(ip: string, network: string): boolean {
  const [start = '', bits = '32'] = network.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(ip) / size) === Math.floor(numberOf(start) / size);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
