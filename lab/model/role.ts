import type { Estate } from './estate.ts';
import type { ClusterGroup } from './estate/cluster.ts';
import type { Host } from './estate/host.ts';
import { runningMasters, settingsInUse } from './master.ts';

/** The clustered role that stands for a service; null where none does. */
export function roleOfService(estate: Estate, service: string): ClusterGroup | null {
  const groups = Object.values(estate.cluster?.groups ?? {});
  return (
    groups.find((group) =>
      Object.values(group.resources).some(
        ({ type, parameters }) => type === 'Generic Service' && parameters['ServiceName'] === service,
      ),
    ) ?? null
  );
}

/** The machine that a name and port lead to: a role's owner, where the role is online, or the machine itself. */
export function hostBehind(estate: Estate, name: string): Host | null {
  const [short = ''] = name.toLowerCase().split('.');
  const record = estate.directory.dns[short];
  if (!record) return null;
  for (const group of Object.values(estate.cluster?.groups ?? {})) {
    const network = Object.values(group.resources).find(
      ({ type, parameters }) =>
        type === 'Network Name' && String(parameters['DnsName']).toLowerCase() === short,
    );
    if (network) return network.state === 'Online' ? (estate.hosts[group.owner] ?? null) : null;
  }
  return Object.values(estate.hosts).find((host) => host.name.toLowerCase() === short) ?? null;
}

/**
 * The certificate that a TLS handshake at a host's port presents: what is bound to it, if a Master listens there
 * and the bound certificate lies in the store with its key. From other machines the firewall has its say.
 *
 * Source: domain facts, *Step 7*, failure modes; R4.
 */
export function certificateAt(estate: Estate, host: Host, port: number, from: Host): string | null {
  const listens = runningMasters(estate).some(
    (master) => master.host === host && settingsInUse(master)?.PortNumber === port,
  );
  const binding = host.sslBindings[`0.0.0.0:${port}`];
  if (!listens || !binding || !isOpen(host, port, from)) return null;
  const held = host.certificates.some(
    ({ store, thumbprint, hasPrivateKey }) =>
      store === binding.store && thumbprint === binding.thumbprint && hasPrivateKey,
  );
  return held ? binding.thumbprint : null;
}

/** A machine reaches its own ports; others need a rule that names them, where the estate keeps rules at all. */
function isOpen(host: Host, port: number, from: Host): boolean {
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
