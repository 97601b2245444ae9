import type { SketchedSite } from './site-sketch.ts';

/** A network of the estate, as the listener's masks tell of it. */
export interface Network {
  readonly address: number;
  readonly mask: number;
  readonly text: string;
}

/** The mask of a listener behind a load balancer, which says nothing of the network. */
const HOST_MASK = '255.255.255.255';

/**
 * Listener and role can be online only on a node in whose network they have an address, and the cluster's own
 * address lies in one too. Found on paper it costs a minute; found later it is a listener that never comes online.
 *
 * Source: *CREATE AVAILABILITY GROUP*, LISTENER, WITH IP (one address for each subnet); *Create a listener in
 * a multi-subnet environment*.
 */
export function networksReach({ site, tell }: SketchedSite): void {
  const listener = site.availabilityGroup?.listener?.addresses ?? [];
  const networks = listener.map((entry) => networkOf(entry?.ip, entry?.mask));
  const known = networks.filter((network) => network !== null);
  if (known.length === 0 || known.length < networks.length) return;
  const nodes = (site.nodes ?? []).flatMap((node) =>
    node?.ip === undefined ? [] : [{ name: node.name ?? node.ip, ip: node.ip }],
  );
  for (const { name, ip } of nodes) {
    if (lies(ip, known)) continue;
    tell(
      ['availabilityGroup', 'listener', 'addresses'],
      `has none in the network of ${name} (${ip}), where the listener could never be online`,
    );
  }
  const all = known.map(({ text }) => text).join(', ');
  if (site.cluster?.ip !== undefined && !lies(site.cluster.ip, known))
    tell(['cluster', 'ip'], `lies in no network of the nodes: ${all}`);
  for (const [at, entry] of (site.scaleOutMaster?.addresses ?? []).entries()) {
    if (entry?.ip === undefined || lies(entry.ip, known)) continue;
    tell(['scaleOutMaster', 'addresses', at, 'ip'], `lies in no network of the nodes: ${all}`);
  }
}

/** Null where a mask says nothing of the network, or is none. */
export function networkOf(ip: string | undefined, mask: string | undefined): Network | null {
  if (ip === undefined || mask === undefined || mask === HOST_MASK) return null;
  const bits = numberOf(mask);
  const prefix = 32 - Math.log2(0x1_0000_0000 - bits);
  if (!Number.isInteger(prefix)) return null;
  const address = (numberOf(ip) & bits) >>> 0;
  return { address, mask: bits, text: `${textOf(address)}/${prefix}` };
}

export function lies(ip: string, networks: readonly Network[]): boolean {
  return networks.some(({ address, mask }) => (numberOf(ip) & mask) >>> 0 === address);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
