import type { Host } from './estate/host.ts';

/** A machine reaches its own ports; others need a rule that names them, where the estate keeps rules at all. */
export function isOpen(host: Host, port: number, from: Pick<Host, 'ip'>): boolean {
  if (from === host || Object.keys(host.firewall).length === 0) return true;
  return Object.values(host.firewall).some(
    (rule) =>
      rule.enabled && rule.port === port && rule.remoteAddresses.some((remote) => covers(remote, from.ip)),
  );
}

function covers(remote: string, ip: string): boolean {
  if (remote === 'Any' || remote === ip) return true;
  const [network = '', bits] = remote.split('/');
  if (bits === undefined) return false;
  const shift = 32 - Number(bits);
  return Math.floor(numberOf(network) / 2 ** shift) === Math.floor(numberOf(ip) / 2 ** shift);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
