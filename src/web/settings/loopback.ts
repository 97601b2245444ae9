import { isIPv4 } from 'node:net';

/** Whether an IP address is this machine's own. Source: RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3. */
export function isLoopback(address: string): boolean {
  const plain = withoutMapping(address);
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

/** Whether a web address leads to this machine itself. Source: RFC 6761, section 6.3, localhost. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || isLoopback(hostname.replaceAll(/[[\]]/g, ''));
}

/** An IPv4 address as such, where a socket of IPv6 tells of one. Source: RFC 4291, section 2.5.5.2. */
export function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
