import { PowerShellRefusal, type SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { clusterHolds } from './cluster.ts';
import { bringComputerOnline, takeComputerOffline } from './computers.ts';
import type { Estate } from './estate.ts';
import type { AvailabilityGroup } from './estate/availability-group.ts';
import type { ClusterResource } from './estate/cluster.ts';
import { requirePrimaryOf, resource } from './groups.ts';
import { bringNamesOnline, IP_ADDRESS, NETWORK_NAME, stateOf } from './network-names.ts';
import { isInNetworkOf } from './networks.ts';

/** What a listener's name is registered with by SQL Server. Source: *Listener*, RegisterAllProvidersIP, HostRecordTTL. */
const AS_CREATED = { RegisterAllProvidersIP: 1, HostRecordTTL: 1200 } as const;

interface ListenerSpec {
  readonly listener: string;
  readonly port: number;
  readonly addresses: readonly { readonly ip: string; readonly mask: string }[];
}

/**
 * Adds the listener: the cluster's own account takes or makes the computer object of its name.
 *
 * Source: *Listener*, requirements and recommendations; *Database engine events and errors*: 19465 there is
 * one already, 19471 the name cannot come online, 19476 name or address cannot be made.
 */
export function addListener(scene: SqlScene, name: string, spec: ListenerSpec): void {
  const { estate } = scene;
  const group = requirePrimaryOf(scene, name);
  if (group.listener) {
    throw new SqlServerError(19465, `The availability group '${name}' already has a listener.`);
  }
  const taken = spec.addresses.find(({ ip }) => isTaken(estate, ip));
  if (taken) {
    throw new SqlServerError(19476, `The attempt to create the address ${taken.ip} for the listener failed.`);
  }
  takeComputer(scene, spec);
  group.listener = {
    name: spec.listener,
    port: spec.port,
    addresses: spec.addresses.map((address) => ({ ...address })),
  };
  const role = estate.cluster?.groups[name];
  if (!role) return;
  const ips = spec.addresses.map(({ ip, mask }) =>
    resource(`${name}_${ip}`, IP_ADDRESS, { Address: ip, SubnetMask: mask }),
  );
  const networkName = networkNameOf(name, spec.listener);
  const named = resource(networkName, NETWORK_NAME, { DnsName: spec.listener, ...AS_CREATED });
  const dependsOn = ips.map((ip) => ip.name);
  role.resources[networkName] = { ...named, dependsOn, needsOneOnly: true };
  for (const ip of ips) role.resources[ip.name] = ip;
  bringNamesOnline(estate, role);
  role.state = stateOf(role);
}

/** Its computer object, disabled, and its record in DNS stay behind. */
export function removeListener(scene: SqlScene, name: string, listener: string): void {
  const group = requirePrimaryOf(scene, name);
  if (group.listener?.name.toLowerCase() !== listener.toLowerCase()) return;
  takeComputerOffline(scene.estate, group.listener.name);
  const role = scene.estate.cluster?.groups[name];
  if (role) {
    delete role.resources[networkNameOf(name, group.listener.name)];
    for (const { ip } of group.listener.addresses) delete role.resources[`${name}_${ip}`];
  }
  group.listener = null;
}

/** Which of a listener's addresses is online: one in each subnet is, where its node is the owner. */
export function addressesOf({ listener }: AvailabilityGroup, estate: Estate, host: string) {
  if (!listener) return [];
  const own = estate.hosts[host];
  const here = own && listener.addresses.find(({ ip }) => isInNetworkOf(own, ip));
  return listener.addresses
    .map((address) => ({ ...address, state: address === here ? 'ONLINE' : 'OFFLINE' }))
    .toSorted((one, other) => (one.ip < other.ip ? -1 : 1));
}

/** A resource of the cluster, whichever group it is in. */
export function resourceNamed(estate: Estate, name: string): ClusterResource | null {
  const groups = Object.values(estate.cluster?.groups ?? {});
  return (
    groups.flatMap(({ resources }) => Object.values(resources)).find((found) => found.name === name) ?? null
  );
}

function networkNameOf(group: string, listener: string): string {
  return `${group}_${listener}`;
}

function takeComputer(scene: SqlScene, { listener, addresses }: ListenerSpec): void {
  const { cluster, directory } = scene.estate;
  const own = `${directory.netbios}\\${cluster?.name ?? ''}$`;
  try {
    bringComputerOnline(
      scene,
      listener,
      own,
      addresses.map(({ ip }) => ip),
    );
  } catch (error) {
    if (!(error instanceof PowerShellRefusal)) throw error;
    throw new SqlServerError(
      19471,
      `The WSFC cluster could not bring the Network Name resource with DNS name '${listener}' online.`,
    );
  }
}

function isTaken(estate: Estate, ip: string): boolean {
  const machines = Object.values(estate.hosts).map((host) => host.ip);
  return [...machines, ...(estate.strangers ?? []), ...clusterHolds(estate).addresses].includes(ip);
}
