import type { Estate } from './estate.ts';
import type { Host } from './estate/host.ts';
import { IP_ADDRESS } from './network-names.ts';
import { isOpen } from './ports.ts';

/**
 * Whether a machine reaches an address of the cluster on its owner. Behind a load balancer an address is routed
 * only while the probe of its frontend is answered: by the owner, at the probe's port, where the firewall lets
 * the balancer in. The owner itself needs none.
 *
 * Source: *Azure listener*, load balancer, health probe; *What is IP address 168.63.129.16*.
 */
export function isRouted(estate: Estate, address: string, owner: Host, from: Host): boolean {
  const balancer = estate.loadBalancers?.[address];
  if (balancer === undefined || from === owner) return true;
  const resources = Object.values(estate.cluster?.groups ?? {}).flatMap((group) =>
    Object.values(group.resources),
  );
  const resource = resources.find(
    ({ type, parameters }) => type === IP_ADDRESS && parameters['Address'] === address,
  );
  return (
    resource?.parameters['ProbePort'] === balancer.probePort &&
    resource.parameters['SubnetMask'] === HOST_MASK &&
    isOpen(owner, balancer.probePort, { ip: BALANCER })
  );
}

const HOST_MASK = '255.255.255.255';
const BALANCER = '168.63.129.16';
