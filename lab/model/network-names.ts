import type { Estate } from './estate.ts';
import type { ClusterGroup, ClusterResource } from './estate/cluster.ts';
import { isInNetworkOf } from './networks.ts';

export const NETWORK_NAME = 'Network Name';
export const IP_ADDRESS = 'IP Address';

/**
 * Brings a group's addresses and names online where the group is: an address only on a node in whose network it
 * lies, a name when those that it depends on are, or one of them where that is enough. DNS gets all its
 * addresses, or the one that is online.
 *
 * Source: *Listener*, RegisterAllProvidersIP; *Set-ClusterResourceDependency*; domain facts, step 7, Dependency.
 */
export function bringNamesOnline(estate: Estate, group: ClusterGroup): void {
  const host = estate.hosts[group.owner];
  const addresses = partsOf(group, IP_ADDRESS);
  for (const address of addresses) {
    const isHere = host !== undefined && isInNetworkOf(host, String(address.parameters['Address']));
    address.state = isHere ? 'Online' : 'Offline';
  }
  for (const name of partsOf(group, NETWORK_NAME)) {
    const needed = addresses.filter((address) => name.dependsOn.includes(address.name));
    const online = needed.filter(({ state }) => state === 'Online');
    const isUp = name.needsOneOnly ? online.length > 0 : online.length === needed.length;
    name.state = needed.length === 0 || isUp ? 'Online' : 'Failed';
    if (name.state === 'Online') register(estate, name, addresses);
  }
}

/** What the group is by its parts: some of the addresses of several networks are always offline. */
export function stateOf(group: ClusterGroup): ClusterGroup['state'] {
  const states = new Set(Object.values(group.resources).map(({ state }) => state));
  if (states.has('Failed')) return 'Failed';
  return states.has('Offline') ? 'PartialOnline' : 'Online';
}

function register(estate: Estate, name: ClusterResource, addresses: readonly ClusterResource[]): void {
  const record = estate.directory.dns[String(name.parameters['DnsName']).toLowerCase()];
  if (!record || addresses.length === 0) return;
  const registersAll = name.parameters['RegisterAllProvidersIP'] === 1;
  record.addresses = addresses
    .filter(({ state }) => registersAll || state === 'Online')
    .map(({ parameters }) => String(parameters['Address']));
}

function partsOf({ resources }: ClusterGroup, wanted: string): ClusterResource[] {
  return Object.values(resources).filter(({ type }) => type === wanted);
}
