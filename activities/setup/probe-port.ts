import { z } from 'zod';
import type { Ports } from '../ports.ts';

/** An address of the cluster as a load balancer needs it: it answers the probe, and claims no network. */
export const probePortObserved = z.strictObject({ probePort: z.number(), mask: z.string() });

export type ProbePortSeen = z.output<typeof probePortObserved>;

/** An address that a load balancer sends on to its owner, found by a probe of its own. */
export type Balanced = {
  readonly ip: string;
  readonly probePort: number;
};

/**
 * The one address of a name behind a load balancer; null where there is none. Nodes in subnets of their own need
 * none: each subnet has an address.
 */
export function balancedOf(
  addresses: readonly { readonly ip: string }[],
  probePort: number | undefined,
): Balanced | null {
  const [first] = addresses;
  return first === undefined || probePort === undefined ? null : { ip: first.ip, probePort };
}

/** Null where no load balancer is meant, or the cluster has no such address. */
export async function lookAtProbePort(
  { powershell }: Ports,
  balanced: Balanced | null,
): Promise<ProbePortSeen | null> {
  if (balanced === null) return null;
  const { address } = await powershell.run('getProbePort', { address: balanced.ip });
  return address && { probePort: address.probePort, mask: address.mask };
}

export function missingOfProbePort(seen: ProbePortSeen | null, balanced: Balanced | null): string[] {
  if (balanced === null || isAnswered(seen, balanced)) return [];
  const { ip, probePort } = balanced;
  if (seen === null) return [`The cluster has no address ${ip} that could answer a load balancer`];
  return [
    `${ip} answers a load balancer ${seen.probePort === 0 ? 'at no port' : `at port ${seen.probePort}`} with the mask ${seen.mask}, not at ${probePort} with ${HOST_MASK}`,
  ];
}

/** Sets port and mask; the address and whatever depends on it goes offline for a moment. */
export async function setProbePort(
  { powershell }: Ports,
  { ip }: Balanced,
  { probePort, mask }: ProbePortSeen,
): Promise<void> {
  await powershell.run('setProbePort', { address: ip, probePort, mask });
}

export function wantedProbePort({ probePort }: Balanced): ProbePortSeen {
  return { probePort, mask: HOST_MASK };
}

export function isAnswered(seen: ProbePortSeen | null, balanced: Balanced | null): boolean {
  if (balanced === null) return true;
  return seen?.probePort === balanced.probePort && seen.mask === HOST_MASK;
}

/**
 * Source: *Configure a load balancer for an availability group listener on SQL Server in Azure virtual
 * machines*, cluster parameters: ProbePort, and the mask of a single host.
 */
const HOST_MASK = '255.255.255.255';
