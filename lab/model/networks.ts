import type { Host } from './estate/host.ts';

/** Whether an address lies in the network of a machine. */
export function isInNetworkOf({ ip, mask }: Pick<Host, 'ip' | 'mask'>, address: string): boolean {
  return networkOf(ip, mask) === networkOf(address, mask);
}

function networkOf(ip: string, mask: string): string {
  const bits = mask.split('.').map(Number);
  return ip
    .split('.')
    .map((part, at) => Number(part) & (bits[at] ?? 0))
    .join('.');
}
