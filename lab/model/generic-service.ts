import { PowerShellRefusal } from '../scene.ts';
import type { ClusterGroup, ClusterResource } from './estate/cluster.ts';
import { IP_ADDRESS, NETWORK_NAME } from './network-names.ts';

export const GENERIC_SERVICE = 'Generic Service';

interface RoleParts {
  readonly name: string;
  readonly service: string;
  readonly display: string;
  readonly addresses: readonly string[];
  readonly owners: readonly string[];
  readonly owner: string;
  /** Of the networks that the addresses lie in. */
  readonly mask: string;
}

/** Name and addresses under the service that depends on them. Source: domain facts, *Step 7*, Dependency. */
export function newRole({ name, service, display, addresses, owners, owner, mask }: RoleParts): ClusterGroup {
  const part = (
    resource: string,
    type: string,
    parameters: ClusterResource['parameters'],
    dependsOn: string[],
  ): ClusterResource => ({
    name: resource,
    type,
    state: 'Offline',
    possibleOwners: type === GENERIC_SERVICE ? [...owners] : [],
    parameters,
    dependsOn,
  });
  const ips = addresses.map((ip) =>
    part(`IP Address ${ip}`, IP_ADDRESS, { Address: ip, SubnetMask: mask }, []),
  );
  const status = { StatusDNS: 0, StatusKerberos: 0, RegisterAllProvidersIP: 0, HostRecordTTL: 1200 };
  const network = part(
    name,
    NETWORK_NAME,
    { Name: name.toUpperCase(), DnsName: name, ...status },
    ips.map((ip) => ip.name),
  );
  if (ips.length > 1) network.needsOneOnly = true;
  const own = part(`${display} Resource`, GENERIC_SERVICE, { ServiceName: service, UseNetworkName: 0 }, [
    name,
  ]);
  const resources = Object.fromEntries([...ips, network, own].map((resource) => [resource.name, resource]));
  return {
    name,
    type: 'GenericService',
    state: 'Offline',
    owner,
    preferredOwners: [],
    failback: false,
    resources,
  };
}

/** What the cmdlets tell of a role and its resources. */
export function shownRole(group: ClusterGroup) {
  const { name, state, owner } = group;
  const network = Object.values(group.resources).find(({ type }) => type === NETWORK_NAME);
  const own = partOf(group, GENERIC_SERVICE);
  const ips = Object.values(group.resources).filter(({ type }) => type === IP_ADDRESS);
  return {
    name,
    state,
    owner,
    serviceState: own.state,
    network: network
      ? {
          dnsName: String(network.parameters['DnsName']),
          state: network.state,
          statusDns: numberOf(network, 'StatusDNS'),
          statusKerberos: numberOf(network, 'StatusKerberos'),
          registerAllProviders: numberOf(network, 'RegisterAllProvidersIP'),
          timeToLive: numberOf(network, 'HostRecordTTL'),
          needsAllAddresses: network.dependsOn.length > 1 && !network.needsOneOnly,
        }
      : null,
    addresses: ips.map((ip) => ({ ip: String(ip.parameters['Address']), state: ip.state })),
    possibleOwners: [...own.possibleOwners],
    preferredOwners: [...group.preferredOwners],
    failsBack: group.failback,
  };
}

function numberOf({ parameters }: ClusterResource, name: string): number | null {
  const value = parameters[name];
  return typeof value === 'number' ? value : null;
}

/** The resource of a kind that every such role has. */
export function partOf(group: ClusterGroup, type: string): ClusterResource {
  const part = Object.values(group.resources).find((resource) => resource.type === type);
  if (part) return part;
  throw new PowerShellRefusal(`${group.name} has no ${type}`, 'ObjectNotFound', 'ObjectNotFound');
}
