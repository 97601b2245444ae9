import { clusterAddresses } from '../../activities/site.ts';
import type { Catalog, Execution } from '../../lab/model/estate/catalog.ts';
import type { Instance, Login } from '../../lab/model/estate/engine.ts';
import type { Host } from '../../lab/model/estate/host.ts';
import type { InProcessLab } from './in-process.ts';
import { hostOf, service, setUpMaster, setUpWorker } from './scale-out-at-work.ts';

export { hostOf, present } from './scale-out-at-work.ts';

/**
 * Two nodes that share SSISDB in a group, with the Master's role and two workers: put together by hand, as
 * far as a restart is concerned.
 */
export function putPairToWork(lab: InProcessLab): Catalog {
  const { estate } = lab.laboratory;
  const { site } = lab;
  const nodes = site.nodes.map(({ name }) => name);
  const group = site.availabilityGroup.name;
  const catalog = catalogOf(site.workers.map(({ name }) => name));
  estate.catalogs[catalog.id] = catalog;
  for (const name of nodes) {
    const host = hostOf(lab, name);
    host.features = {
      ...host.features,
      'Failover-Clustering': 'Installed',
      'RSAT-Clustering-PowerShell': 'Installed',
    };
    host.services['ClusSvc'] = service('LocalSystem', 'Automatic', 'Running');
    host.services['MSSQLSERVER'] = service(site.accounts.engine.account, 'Automatic', 'Running');
    host.services[MASTER] = service(
      site.accounts.master.account,
      'Manual',
      name === nodes[0] ? 'Running' : 'Stopped',
    );
    host.instances['MSSQLSERVER'] = engineOf(lab, host, catalog.id);
    setUpMaster(lab, host);
  }
  for (const { name } of site.workers) setUpWorker(lab, name);
  const [first = ''] = nodes;
  estate.cluster = {
    name: site.cluster.name,
    addresses: clusterAddresses(site),
    nodes: nodes.map((name) => ({ name, state: 'Up' })),
    witness: { kind: 'fileShare', at: '\\\\fs1.lab.example\\witness$' },
    groups: {
      [group]: clusterGroup(group, 'AvailabilityGroup', first, {}),
      [site.scaleOutMaster.name]: clusterGroup(site.scaleOutMaster.name, 'GenericService', first, {
        master: resource('master', 'Generic Service', { ServiceName: MASTER }),
        name: resource('name', 'Network Name', { DnsName: site.scaleOutMaster.name }),
        ip: resource('ip', 'IP Address', { Address: site.scaleOutMaster.addresses[0]?.ip ?? '' }),
      }),
    },
  };
  estate.groups[group] = {
    name: group,
    id: 'group-1',
    owner: 'sa',
    primary: first,
    databases: ['SSISDB'],
    listener: {
      name: site.availabilityGroup.listener.name,
      port: site.availabilityGroup.listener.port,
      addresses: site.availabilityGroup.listener.addresses.map((address) => ({ ...address })),
    },
    replicas: Object.fromEntries(
      nodes.map((server) => [
        server,
        {
          server,
          endpointUrl: `TCP://${server}.${site.directory.domain}:5022`,
          availabilityMode: 'SYNCHRONOUS_COMMIT' as const,
          failoverMode: 'AUTOMATIC' as const,
          joined: true,
          suspended: false,
        },
      ]),
    ),
  };
  for (const { name, addresses } of [site.availabilityGroup.listener, site.scaleOutMaster]) {
    estate.directory.dns[name.toLowerCase()] = { addresses: addresses.map(({ ip }) => ip) };
  }
  return catalog;
}

/** A package that a worker is running, or the engine itself. */
export function runningPackage(id: number, worker: string | null): Execution {
  return {
    id,
    folder: 'Sales',
    project: 'Load',
    package: 'Nightly.dtsx',
    status: 2,
    worker,
    anyWorker: true,
    startedAt: 0,
    endsAt: null,
    messages: 0,
    machine: worker,
  };
}

const MASTER = 'SSISScaleOutMaster160';

function engineOf({ site }: InProcessLab, host: Host, catalog: string): Instance {
  const certificate = host.certificates.find(({ store }) => store === 'My');
  certificate?.keyReaders.push(site.accounts.engine.account);
  const settings = { mixedMode: true, hadrEnabled: true, certificate: certificate?.thumbprint ?? null };
  const operator = site.operator.account;
  const master = site.accounts.master.account;
  return {
    name: 'MSSQLSERVER',
    version: site.product.build,
    edition: site.product.edition,
    collation: site.instance.collation,
    address: host.address,
    port: 1433,
    running: true,
    live: { ...settings },
    pending: { ...settings },
    startedAt: 0,
    maxServerMemoryMb: 8192,
    clrEnabled: true,
    logins: {
      [operator.toLowerCase()]: login(operator, '0x02', ['sysadmin']),
      [master.toLowerCase()]: login(master, '0x03', []),
    },
    databases: {
      SSISDB: {
        name: 'SSISDB',
        state: 'ONLINE',
        recovery: 'FULL',
        owner: 'sa',
        catalog,
        family: 'family-1',
        position: 1,
        group: site.availabilityGroup.name,
        opensByItself: true,
      },
    },
    endpoint: { name: 'Hadr_endpoint', port: 5022, state: 'STARTED', owner: 'sa', connectGrants: [] },
    masterKeyPasswords: [],
    jobs: {},
    startupProcedures: [],
    trustedAssemblies: [],
    backups: [],
  };
}

function catalogOf(machines: readonly string[]): Catalog {
  return {
    id: 'catalog-1',
    masterKeyPassword: '',
    properties: {},
    masterProperties: { IS_SCALEOUT_ENABLED: 'TRUE' },
    logConnection: null,
    users: { master: { name: 'master', sid: '0x03', roles: ['ssis_admin'] } },
    alwaysOnReplicas: {},
    workers: Object.fromEntries(
      machines.map((machineName) => [
        machineName,
        { id: machineName, machineName, enabled: true, userAccount: '', lastOnlineAt: null },
      ]),
    ),
    folders: {},
    executions: {},
  };
}

function login(name: string, sid: string, serverRoles: string[]): Login {
  return {
    name,
    kind: 'windows',
    sid,
    password: null,
    disabled: false,
    checkPolicy: false,
    serverRoles,
    permissions: [],
  };
}

function clusterGroup(
  name: string,
  type: string,
  owner: string,
  resources: Record<string, ReturnType<typeof resource>>,
) {
  return { name, type, state: 'Online' as const, owner, preferredOwners: [], failback: false, resources };
}

function resource(name: string, type: string, parameters: Record<string, string>) {
  return { name, type, state: 'Online' as const, possibleOwners: [], parameters, dependsOn: [] };
}
