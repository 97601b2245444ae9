import { clusterAddresses, fullName, type Site } from '../site.ts';

/** A machine of the site, once, also where it is node and worker. */
export interface Host {
  readonly name: string;
  readonly fullName: string;
  readonly ip: string;
  readonly isNode: boolean;
  readonly isWorker: boolean;
}

export function hostsOf(site: Site): readonly Host[] {
  const names = [...new Set([...site.nodes, ...site.workers].map(({ name }) => name))];
  return names.flatMap((name) => {
    const node = site.nodes.find((known) => known.name === name);
    const worker = site.workers.find((known) => known.name === name);
    const ip = node?.ip ?? worker?.ip;
    if (ip === undefined) return [];
    return [
      {
        name,
        fullName: fullName(name, site),
        ip,
        isNode: node !== undefined,
        isWorker: worker !== undefined,
      },
    ];
  });
}

/** A service and the account that it runs as, with the machines where it does. */
export interface ServiceAccount {
  readonly service: string;
  readonly account: string;
  readonly isManaged: boolean;
  readonly hosts: readonly string[];
}

export function serviceAccountsOf(site: Site): readonly ServiceAccount[] {
  const { engine, agent, master, worker } = site.accounts;
  const nodes = site.nodes.map(({ name }) => name);
  const workers = site.workers.map(({ name }) => name);
  return [
    { service: 'Database Engine', ...engine, hosts: nodes },
    { service: 'SQL Server Agent', ...agent, hosts: nodes },
    { service: 'Scale Out Master', ...master, hosts: nodes },
    { service: 'Scale Out Worker', ...worker, hosts: workers },
  ].map(({ service, account, hosts }) => ({ service, account, hosts, isManaged: isManaged(account) }));
}

/** A group managed service account. Source: *Group managed service accounts*: the name ends in $. */
export function isManaged(account: string): boolean {
  return account.endsWith('$');
}

/** The account of the cluster itself, which takes the objects of listener and role. */
export function clusterAccount({ directory, cluster }: Site): string {
  return `${directory.netbios}\\${cluster.name}$`;
}

/** `CONTOSO\svc-sql` → `CONTOSO` and `svc-sql`. */
export function partsOf(account: string): { readonly domain: string; readonly name: string } {
  const [domain = '', name = ''] = account.split('\\');
  return { domain, name };
}

/** The names that the cluster takes, with their addresses. */
export function namesOf(site: Site): readonly { name: string; fullName: string; ips: readonly string[] }[] {
  const { cluster, availabilityGroup, scaleOutMaster } = site;
  const { listener } = availabilityGroup;
  return [
    { name: cluster.name, ips: clusterAddresses(site) },
    { name: listener.name, ips: listener.addresses.map(({ ip }) => ip) },
    { name: scaleOutMaster.name, ips: scaleOutMaster.addresses.map(({ ip }) => ip) },
  ].map(({ name, ips }) => ({ name, fullName: fullName(name, site), ips }));
}

/** Server and share of `\\server\share\…`; null where a path lies on a disk of the machine. */
export function shareOf(path: string): { readonly server: string; readonly share: string } | null {
  const [, server, share] = /^\\\\([^\\]+)\\([^\\]+)/.exec(path) ?? [];
  return server === undefined || share === undefined ? null : { server, share };
}
