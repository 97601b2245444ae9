import { isIP, isIPv6 } from 'node:net';
import { withoutMapping } from './settings/loopback.ts';
import { listOf } from './settings/settings-shape.ts';

interface DoorwayWish {
  /** Addresses and networks of the only ones that are served; null where browsers come by themselves. */
  readonly proxies: readonly string[] | null;
  /** The addresses under which browsers may ask; the first is the one to name. */
  readonly origins: readonly [string, ...string[]];
}

/** A request that may go on, or the answer to one that may not. */
export type Entry =
  { readonly request: Request; readonly visitorAddress: string } | { readonly refused: Response };

/** Judges a request by itself, and by the address at the other end of its connection. */
type Doorway = (request: Request, socketAddress: string) => Entry;

/**
 * Judges from where a request comes, before anybody reads it. Only names are answered to that are known: a page
 * of somebody else whose name leads here would be let in by the browser as one of ours (DNS rebinding). What a
 * proxy says of the browser is believed from the named ones alone.
 */
export function doorway({ proxies, origins }: DoorwayWish): Doorway {
  return proxies === null ? openDoorway(origins) : proxiedDoorway(proxies, origins[0]);
}

function openDoorway(origins: DoorwayWish['origins']): Doorway {
  return (request, socketAddress) => {
    const { origin, host } = new URL(request.url);
    if (!origins.includes(origin)) return refusal(421, unknownName(host, origins[0]));
    return { request, visitorAddress: networkOf(withoutMapping(socketAddress)) };
  };
}

function proxiedDoorway(proxies: readonly string[], publicOrigin: string): Doorway {
  const trusted = listOf(proxies);
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true;
  return (request, socketAddress) => {
    const from = withoutMapping(socketAddress);
    if (!isTrusted(from))
      return refusal(403, `This control room is reached through its proxy: open ${publicOrigin}/`);
    const proto = lastOf(request.headers.get('x-forwarded-proto'));
    const host = lastOf(request.headers.get('x-forwarded-host')) ?? request.headers.get('host') ?? '';
    if (proto === null)
      return refusal(400, 'The proxy does not say how it was asked: let it set X-Forwarded-Proto.');
    const asked = `${proto}://${host}`;
    if (!URL.canParse(asked) || new URL(asked).origin !== publicOrigin)
      return refusal(421, unknownName(asked, publicOrigin));
    const { pathname, search } = new URL(request.url);
    return {
      // Put together as text: a path may begin with two slashes, like the name of another server.
      request: new Request(publicOrigin + pathname + search, request),
      visitorAddress: networkOf(browserAddress(request.headers.get('x-forwarded-for'), isTrusted) ?? from),
    };
  };
}

function unknownName(asked: string, publicOrigin: string): string {
  return `This control room is not known as ${JSON.stringify(asked)}: open ${publicOrigin}/`;
}

function refusal(status: number, text: string): Entry {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  return { refused: new Response(`${text}\n`, { status, headers }) };
}

/** What the nearest proxy said; what stands before it, anybody may have written. */
function lastOf(header: string | null): string | null {
  return header?.split(',').at(-1)?.trim() || null;
}

/** The last one that is none of the proxies. */
function browserAddress(header: string | null, isTrusted: (address: string) => boolean): string | null {
  const addresses = (header ?? '').split(',').map((address) => withoutMapping(address.trim()));
  return addresses.findLast((address) => address !== '' && !isTrusted(address)) ?? null;
}

/** Who has one address of IPv6 has a whole network of them. Source: RFC 6177, section 2; RFC 4291, 2.5.4. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
