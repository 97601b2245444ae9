import { failOverByItself, engineNamed } from './availability.ts';
import type { Estate } from './estate.ts';
import type { Cluster, ClusterGroup, ClusterResource } from './estate/cluster.ts';
import type { Host } from './estate/host.ts';
import { bringNamesOnline, IP_ADDRESS, NETWORK_NAME, stateOf } from './network-names.ts';
import { holdsRight, LOG_ON } from './user-rights.ts';

/** Groups that the availability group's own resource moves, and nobody else. Source: *Get-ClusterGroup*, GroupType. */
export const AVAILABILITY_GROUP = 'AvailabilityGroup';

/** A node that goes down: the others see it, and what it owned moves to one that is up. */
export function nodeGoesDown(estate: Estate, host: Host, now: number): void {
  const { cluster } = estate;
  const node = nodeOf(cluster, host.name);
  if (!cluster || !node) return;
  node.state = 'Down';
  for (const group of Object.values(estate.groups)) {
    if (engineNamed(estate, group.primary)?.host === host) failOverByItself(estate, group);
  }
  for (const group of Object.values(cluster.groups)) {
    if (group.owner !== host.name) continue;
    const heir = group.type === AVAILABILITY_GROUP ? null : heirOf(estate, group);
    if (heir === null) group.state = 'Offline';
    else moveGroup(estate, group, heir, now);
  }
}

/** A node that was paused is paused still; what nobody else could take is online again. */
export function nodeComesUp(estate: Estate, host: Host, now: number): void {
  const { cluster } = estate;
  const node = nodeOf(cluster, host.name);
  if (!cluster || node?.state !== 'Down') return;
  node.state = node.paused ? 'Paused' : 'Up';
  for (const group of Object.values(cluster.groups)) {
    if (group.owner === host.name && group.state === 'Offline') bringOnline(estate, group, now);
  }
}

/** Takes a group offline where it is and brings it online on another node. */
export function moveGroup(estate: Estate, group: ClusterGroup, node: string, now: number): void {
  takeOffline(estate, group);
  group.owner = node;
  bringOnline(estate, group, now);
}

/** Starts what the group's resources stand for, on its owner. A service that cannot start fails the group. */
export function bringOnline(estate: Estate, group: ClusterGroup, now: number): void {
  const host = estate.hosts[group.owner];
  bringNamesOnline(estate, group);
  const resources = Object.values(group.resources);
  const isNamed = resources.every(({ type, state }) => type !== NETWORK_NAME || state === 'Online');
  for (const resource of resources.filter(({ type }) => type !== NETWORK_NAME && type !== IP_ADDRESS)) {
    resource.state = isNamed ? (startResource(host, resource, now) ? 'Online' : 'Failed') : 'Offline';
  }
  group.state = stateOf(group);
}

export function takeOffline(estate: Estate, group: ClusterGroup): void {
  for (const resource of Object.values(group.resources)) {
    const service = serviceOf(estate.hosts[group.owner], resource);
    if (service) service.state = 'Stopped';
    resource.state = 'Offline';
  }
  group.state = 'Offline';
}

/** The node that takes a group: a preferred owner first, never one that is paused, down or excluded. */
export function heirOf(estate: Estate, group: ClusterGroup): string | null {
  const up = (estate.cluster?.nodes ?? []).filter(({ state }) => state === 'Up').map(({ name }) => name);
  const able = up.filter((name) => name !== group.owner && mayOwn(group, name));
  return group.preferredOwners.find((name) => able.includes(name)) ?? able[0] ?? null;
}

export function mayOwn(group: ClusterGroup, node: string): boolean {
  return Object.values(group.resources).every(
    ({ possibleOwners }) => possibleOwners.length === 0 || possibleOwners.includes(node),
  );
}

export function nodeOf(cluster: Cluster | null, name: string): Cluster['nodes'][number] | null {
  return cluster?.nodes.find((node) => node.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** A share that is gone, or closed to the cluster's own account, makes the witness fail. */
export function witnessIsOnline(estate: Estate): boolean {
  const { cluster } = estate;
  if (!cluster || cluster.witness.kind === 'none') return false;
  if (cluster.witness.kind !== 'fileShare') return true;
  return clusterMayWrite(estate, cluster.name, cluster.witness.at ?? '');
}

/** Source: *Deploy a quorum witness*, file share: the cluster name object needs full control. */
export function clusterMayWrite(estate: Estate, cluster: string, path: string): boolean {
  const cno = `${estate.directory.netbios}\\${cluster}$`.toLowerCase();
  const [, share] =
    Object.entries(estate.shares).find(([name]) => name.toLowerCase() === path.toLowerCase()) ?? [];
  return share?.fullControl.some((account) => account.toLowerCase() === cno) ?? false;
}

/** Network names and addresses that are the cluster's own: its core, its listeners, its roles. */
export function clusterHolds(estate: Estate): { names: string[]; addresses: string[] } {
  const { cluster } = estate;
  if (!cluster) return { names: [], addresses: [] };
  const resources = Object.values(cluster.groups).flatMap((group) => Object.values(group.resources));
  const parameters = (type: string, name: string) =>
    resources
      .filter((resource) => resource.type === type)
      .map((resource) => String(resource.parameters[name] ?? ''));
  const listeners = Object.values(estate.groups).flatMap(({ listener }) => (listener ? [listener] : []));
  const names = [
    cluster.name,
    ...listeners.map(({ name }) => name),
    ...parameters('Network Name', 'DnsName'),
    ...parameters('Network Name', 'Name'),
  ];
  const addresses = [
    ...cluster.addresses,
    ...listeners.flatMap((listener) => listener.addresses.map(({ ip }) => ip)),
    ...parameters('IP Address', 'Address'),
  ];
  return { names: unique(names), addresses: unique(addresses) };
}

function startResource(host: Host | undefined, resource: ClusterResource, now: number): boolean {
  if (resource.type !== GENERIC_SERVICE) return true;
  const service = serviceOf(host, resource);
  if (!host || !service || service.startMode === 'Disabled') return false;
  if (!holdsRight(host, LOG_ON, service.account)) return false;
  if (service.state === 'Stopped') Object.assign(service, { state: 'Running', startedAt: now });
  return true;
}

function serviceOf(host: Host | undefined, { type, parameters }: ClusterResource) {
  return type === GENERIC_SERVICE ? host?.services[String(parameters['ServiceName'])] : undefined;
}

const GENERIC_SERVICE = 'Generic Service';

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}
