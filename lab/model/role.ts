import type { Estate } from './estate.ts';
import type { ClusterGroup } from './estate/cluster.ts';
import type { Host } from './estate/host.ts';
import { isRouted } from './load-balancers.ts';
import { mastersRunningOn, settingsInUse } from './master.ts';
import { isOpen } from './ports.ts';

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

/**
 * The machine that a name leads another one to: a role's owner, where the role is online and its address is
 * routed, or the machine itself.
 */
export function hostBehind(estate: Estate, name: string, from: Host): Host | null {
  const [short = ''] = name.toLowerCase().split('.');
  const record = estate.directory.dns[short];
  if (!record) return null;
  for (const group of Object.values(estate.cluster?.groups ?? {})) {
    const network = Object.values(group.resources).find(
      ({ type, parameters }) =>
        type === 'Network Name' && String(parameters['DnsName']).toLowerCase() === short,
    );
    const owner = estate.hosts[group.owner];
    if (!network) continue;
    if (network.state !== 'Online' || !owner) return null;
    return record.addresses.some((ip) => isRouted(estate, ip, owner, from)) ? owner : null;
  }
  return Object.values(estate.hosts).find((host) => host.name.toLowerCase() === short) ?? null;
}

/**
 * The certificate that a TLS handshake at a host's port presents: what is bound to it, if a Master listens there
 * and the bound certificate lies in the store with its key. From other machines the firewall has its say.
 *
 * Source: domain facts, *Step 7*, failure modes; R4.
 */
export function certificateAt(host: Host, port: number, from: Host): string | null {
  const listens = mastersRunningOn(host).some((master) => settingsInUse(master)?.PortNumber === port);
  const binding = host.sslBindings[`0.0.0.0:${port}`];
  if (!listens || !binding || !isOpen(host, port, from)) return null;
  const held = host.certificates.some(
    ({ store, thumbprint, hasPrivateKey }) =>
      store === binding.store && thumbprint === binding.thumbprint && hasPrivateKey,
  );
  return held ? binding.thumbprint : null;
}
