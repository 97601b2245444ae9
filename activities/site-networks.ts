import type { Path, SketchedSite } from './site-sketch.ts';

/** A network of the estate, as the listener's masks tell of it. */
export interface Network {
  readonly address: number;
  readonly mask: number;
  readonly text: string;
}

/** The mask of a single host, which says nothing of its network. */
const HOST_MASK = '255.255.255.255';

/**
 * Listener, role and cluster can be online only on a node in whose network they have an address. Found on paper it
 * costs a minute; found later it is a name that never comes online.
 *
 * Source: *CREATE AVAILABILITY GROUP*, LISTENER, WITH IP (one address for each subnet); *Create a listener in
 * a multi-subnet environment*; *New-Cluster*, -StaticAddress.
 */
export function networksReach({ site, tell }: SketchedSite): void {
  const listener = site.availabilityGroup?.listener?.addresses ?? [];
  for (const [place, entry] of listener.entries()) {
    if (entry?.mask === HOST_MASK)
      tell(
        ['availabilityGroup', 'listener', 'addresses', place, 'mask'],
        'is of a single host: write that of its subnet, and a probePort where a load balancer answers for it',
      );
  }
  const networks = listener.map((entry) => networkOf(entry?.ip, entry?.mask));
  const known = networks.filter((network) => network !== null);
  if (known.length === 0 || known.length < networks.length) return;
  for (const name of clusteredNames({ site, tell })) reaches(name, known, { site, tell });
}

interface ClusteredName {
  readonly path: Path;
  readonly addresses: readonly { readonly path: Path; readonly ip: string | undefined }[];
  readonly what: string;
}

function clusteredNames({ site }: Pick<SketchedSite, 'site' | 'tell'>): ClusteredName[] {
  const { cluster, scaleOutMaster } = site;
  const ofListener = ['availabilityGroup', 'listener', 'addresses'];
  const ofRole = ['scaleOutMaster', 'addresses'];
  const names: ClusteredName[] = [
    {
      path: ofListener,
      addresses: placed(ofListener, site.availabilityGroup?.listener?.addresses),
      what: 'listener',
    },
    { path: ofRole, addresses: placed(ofRole, scaleOutMaster?.addresses), what: 'Master' },
  ];
  if (cluster?.ip === undefined) return names;
  const others = (cluster.otherIps ?? []).map((ip, place) => ({ path: ['cluster', 'otherIps', place], ip }));
  const addresses = [{ path: ['cluster', 'ip'], ip: cluster.ip }, ...others];
  return [...names, { path: ['cluster', 'otherIps'], addresses, what: 'cluster' }];
}

function placed(path: Path, addresses: readonly ({ readonly ip?: string | undefined } | undefined)[] = []) {
  return addresses.map((address, place) => ({ path: [...path, place, 'ip'], ip: address?.ip }));
}

function reaches(
  { path, addresses, what }: ClusteredName,
  known: readonly Network[],
  { site, tell }: Pick<SketchedSite, 'site' | 'tell'>,
): void {
  const all = known.map(({ text }) => text).join(', ');
  const stray = addresses.filter(({ ip }) => ip !== undefined && !lies(ip, known));
  for (const { path: place } of stray) tell(place, `lies in no network of the nodes: ${all}`);
  if (stray.length > 0 || addresses.length === 0 || addresses.some(({ ip }) => ip === undefined)) return;
  for (const { name, ip } of site.nodes?.flatMap((node) => node ?? []) ?? []) {
    const near = ip === undefined ? [] : known.filter((network) => lies(ip, [network]));
    if (ip === undefined || (near.length === 0 && what !== 'listener')) continue;
    if (addresses.some((address) => address.ip !== undefined && lies(address.ip, near))) continue;
    tell(path, `has none in the network of ${name ?? ip} (${ip}), where the ${what} could never be online`);
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
