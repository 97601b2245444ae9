import type { Site } from '../../activities/site.ts';
import type { Sealer } from '../sealed.ts';
import { isInNetworkOf } from './networks.ts';
import { makeRoomForMasterCertificate } from './master-certificate.ts';
import type { Estate } from './estate.ts';
import type { Account, Directory } from './estate/directory.ts';
import type { Host } from './estate/host.ts';

/** What an estate is built from. */
export interface Building extends Sealer {
  readonly site: Site;
  readonly secret: (reference: string | null | undefined) => string;
  /** The loopback address of the n-th machine. */
  readonly addressOf: (at: number) => string;
  readonly now: number;
}

/**
 * An estate as a site's machines are before anything was done: joined to the domain, media copied, accounts
 * made, computer objects prestaged where the site says so, and nothing installed.
 */
export function buildEstate(building: Building): Estate {
  const { site } = building;
  const names = new Map<string, { name: string; ip: string; isNode: boolean }>();
  for (const worker of site.workers) names.set(worker.name.toLowerCase(), { ...worker, isNode: false });
  for (const node of site.nodes) names.set(node.name.toLowerCase(), { ...node, isNode: true });
  const machines = [...names.values()];
  const hosts = Object.fromEntries(
    machines.map((machine, at) => [machine.name, freshHost(machine, building.addressOf(at), building)]),
  );
  const estate: Estate = {
    version: 1,
    site: site.site,
    directory: directoryOf(machines, building),
    hosts,
    cluster: null,
    groups: {},
    catalogs: {},
    shares: sharesOf(site),
    ...storageOf(building),
    ...backupsOf(site),
    ...loadBalancersOf(site),
    nextId: 1,
  };
  makeRoomForMasterCertificate(estate, building);
  return estate;
}

function freshHost(machine: { name: string; ip: string }, address: string, { site, now }: Building): Host {
  const media = { version: site.product.version, edition: site.product.edition, build: site.product.build };
  return {
    name: machine.name,
    ip: machine.ip,
    mask: maskOf(machine.ip, site),
    address,
    osBuild: '20348.2700',
    domain: site.directory.domain,
    administrators: [site.operator.account],
    restartingUntil: null,
    restartsAt: null,
    bootId: ticks(now),
    clockSkewSeconds: 0,
    features: {
      'Failover-Clustering': 'Available',
      'RSAT-Clustering-PowerShell': 'Available',
      'RSAT-AD-PowerShell': 'Installed',
    },
    pendingRestart: [],
    services: {},
    registry: {},
    files: {},
    freeGb: { C: 120, D: 200, E: 500, F: 200, T: 200, G: 500 },
    certificates: [],
    sslBindings: {},
    firewall: {},
    userRights: {},
    processes: [],
    vault: {},
    instances: {},
    media: { [site.product.media]: media, [site.product.updates]: { ...media } },
  };
}

/** The listener's masks tell of the networks of the nodes; others are of the usual size. */
function maskOf(ip: string, site: Site): string {
  const { addresses } = site.availabilityGroup.listener;
  const near = addresses.find((address) => isInNetworkOf(address, ip));
  return near?.mask ?? '255.255.255.0';
}

function directoryOf(machines: readonly { name: string; ip: string }[], building: Building): Directory {
  const { site, secret } = building;
  const { engine, agent, master, worker } = site.accounts;
  const accounts: Record<string, Account> = {};
  for (const { account, password } of [site.operator, engine, agent, master, worker]) {
    const gmsa = account.endsWith('$');
    const value = secret(password);
    const sealed = gmsa || value === '' ? null : building.seal(value);
    accounts[account.toLowerCase()] = {
      name: account,
      kind: gmsa ? 'gmsa' : 'user',
      password: sealed,
      canCreateComputers: false,
    };
  }
  for (const group of site.instance.sysadmins) {
    accounts[group.toLowerCase()] ??= {
      name: group,
      kind: 'group',
      password: null,
      canCreateComputers: false,
    };
  }
  return {
    domain: site.directory.domain,
    netbios: site.directory.netbios,
    ou: site.directory.ou,
    accounts,
    computers: computersOf(machines, site, accounts),
    dns: Object.fromEntries(machines.map(({ name, ip }) => [name.toLowerCase(), { addresses: [ip] }])),
    spns: spnsOf(site),
  };
}

/** Source: *Prestage cluster computer objects*: disabled, with full control for who will bring them online. */
function computersOf(machines: readonly { name: string }[], site: Site, accounts: Record<string, Account>) {
  const cno = `${site.directory.netbios}\\${site.cluster.name}$`;
  const computers: Directory['computers'] = {};
  for (const { name } of machines) computers[name.toLowerCase()] = { name, enabled: true, fullControl: [] };
  if (site.directory.computerObjects === 'create') {
    const operator = accounts[site.operator.account.toLowerCase()];
    if (operator) operator.canCreateComputers = true;
    return computers;
  }
  const prestaged: [string, string][] = [
    [site.cluster.name, site.operator.account],
    [site.availabilityGroup.listener.name, cno],
    [site.scaleOutMaster.name, cno],
  ];
  for (const [name, owner] of prestaged) {
    computers[name.toLowerCase()] = { name, enabled: false, fullControl: [owner] };
  }
  return computers;
}

/** As a domain administrator has registered them. Source: domain facts, C12. */
function spnsOf(site: Site): Directory['spns'] {
  const { listener } = site.availabilityGroup;
  const [, account = ''] = site.accounts.engine.account.split('\\');
  const services = [
    ...site.nodes.map(({ name }) => ({ name, port: site.instance.port })),
    { name: listener.name, port: listener.port },
  ];
  return Object.fromEntries(
    services.map(({ name, port }) => [
      `mssqlsvc/${name}.${site.directory.domain}:${port}`.toLowerCase(),
      [account],
    ]),
  );
}

/** A site that backs up by its own means has a tool that does. */
function backupsOf({ catalog }: Site): Pick<Estate, 'externalBackups'> {
  const { by, logEveryMinutes } = catalog.backups;
  return by === 'external' ? { externalBackups: { logEveryMinutes } } : {};
}

/** As the network team has made them, where the site says that there are some. */
function loadBalancersOf({ availabilityGroup, scaleOutMaster }: Site): Pick<Estate, 'loadBalancers'> {
  const balanced = [availabilityGroup.listener, scaleOutMaster].flatMap(({ addresses, probePort }) =>
    probePort === undefined ? [] : addresses.map(({ ip }) => [ip, { probePort }] as const),
  );
  return balanced.length === 0 ? {} : { loadBalancers: Object.fromEntries(balanced) };
}

function sharesOf(site: Site): Estate['shares'] {
  const cno = `${site.directory.netbios}\\${site.cluster.name}$`;
  const share = (...fullControl: string[]) => ({ fullControl, files: {} });
  const { witness } = site.cluster;
  return {
    [site.directory.exchange]: share(site.operator.account),
    [site.availabilityGroup.seeding.share]: share(site.operator.account, site.accounts.engine.account),
    [site.catalog.masterKeyBackup.path]: share(site.operator.account, site.accounts.engine.account),
    ...(witness.kind === 'fileShare' ? { [witness.path]: share(cno) } : {}),
  };
}

/** Source: *Deploy a quorum witness*, cloud: account and key of a storage account. */
function storageOf(building: Building): Pick<Estate, 'storageAccounts'> {
  const { witness } = building.site.cluster;
  return witness.kind === 'cloud'
    ? { storageAccounts: { [witness.account]: building.seal(building.secret(witness.key)) } }
    : {};
}

/** A boot's identity as Windows tells it: 100-nanosecond ticks since the year 1. */
export function ticks(milliseconds: number): string {
  return String((BigInt(Math.round(milliseconds)) + 62_135_596_800_000n) * 10_000n);
}
