import type * as lines from '../../activities/scripts/lines/role.ts';
import { bringOnline, moveGroup, takeOffline } from '../model/cluster.ts';
import { requirePrimary } from '../model/catalog-at-work.ts';
import { bringComputerOnline, takeComputerOffline } from '../model/computers.ts';
import type { Cluster } from '../model/estate/cluster.ts';
import { GENERIC_SERVICE, newRole, partOf, shownRole } from '../model/generic-service.ts';
import { NETWORK_NAME } from '../model/network-names.ts';
import { certificateAt, hostBehind, roleOfService } from '../model/role.ts';
import { masterProperties } from '../model/scale-out.ts';
import { readCatalog } from '../model/ssisdb.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene, type SqlAnswers } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { groupNamed, requireCluster } from './cluster.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getMasterRole: {
    target: ({ suffix }) => serviceName(suffix),
    answer: (scene, { suffix, nodes }) => {
      const { groups } = requireCluster(scene, 'Get-ClusterGroup');
      const role = roleOfService(scene.estate, serviceName(suffix));
      return {
        groups: Object.keys(groups),
        role: role && shownRole(role),
        services: nodes.map((node) => {
          const service = scene.estate.hosts[node]?.services[serviceName(suffix)];
          return { node, state: service?.state ?? null, startMode: service?.startMode ?? null };
        }),
      };
    },
  },
  createMasterRole: {
    target: ({ name }) => name,
    takesMinutes: 1,
    answer: (scene, { suffix, name, addresses, owners }) => {
      requireAdministrator(scene);
      const cluster = requireCluster(scene, 'Add-ClusterGenericServiceRole');
      requireFree(cluster, name, suffix, scene);
      const service = serviceHere(scene, suffix);
      bringComputerOnline(scene, name, `${scene.estate.directory.netbios}\\${cluster.name}$`, [...addresses]);
      // The service is verified to be startable and set to Manual on every node that may own it.
      for (const node of cluster.nodes) {
        const held = scene.estate.hosts[node.name]?.services[serviceName(suffix)];
        if (!held || held.startMode === 'Manual') continue;
        held.startMode = 'Manual';
      }
      const group = newRole({
        name,
        service: serviceName(suffix),
        display: service.displayName,
        addresses,
        owners,
        owner: scene.host.name,
        mask: scene.host.mask,
      });
      cluster.groups[name] = group;
      bringOnline(scene.estate, group, scene.now);
      return {};
    },
  },
  startMasterRole: {
    target: ({ name }) => name,
    takesMinutes: 1,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      bringOnline(scene.estate, groupNamed(requireCluster(scene, 'Start-ClusterGroup'), name), scene.now);
      return {};
    },
  },
  stopMasterRole: {
    target: ({ name }) => name,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      takeOffline(scene.estate, groupNamed(requireCluster(scene, 'Stop-ClusterGroup'), name));
      return {};
    },
  },
  removeMasterRole: {
    target: ({ name }) => name,
    takesMinutes: 1,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      const cluster = requireCluster(scene, 'Remove-ClusterGroup');
      const group = cluster.groups[name];
      if (!group) return {};
      takeOffline(scene.estate, group);
      for (const { type, parameters } of Object.values(group.resources)) {
        if (type === NETWORK_NAME) takeComputerOffline(scene.estate, String(parameters['DnsName']));
      }
      delete cluster.groups[name];
      return {};
    },
  },
  tuneMasterRole: {
    target: ({ suffix }) => serviceName(suffix),
    answer: (scene, { suffix, possibleOwners, preferredOwners, failsBack, needOneAddress, registration }) => {
      requireAdministrator(scene);
      const cluster = requireCluster(scene, 'Set-ClusterOwnerNode');
      const group = roleOfService(scene.estate, serviceName(suffix));
      if (!group) throw new PowerShellRefusal(`No role of this cluster owns ${serviceName(suffix)}`);
      requireNodes(cluster, [...possibleOwners, ...preferredOwners]);
      group.preferredOwners = [...preferredOwners];
      group.failback = failsBack;
      partOf(group, GENERIC_SERVICE).possibleOwners = [...possibleOwners];
      const network = partOf(group, NETWORK_NAME);
      const { registerAllProviders = null, timeToLive = null } = registration ?? {};
      if (registerAllProviders !== null) network.parameters['RegisterAllProvidersIP'] = registerAllProviders;
      if (timeToLive !== null) network.parameters['HostRecordTTL'] = timeToLive;
      if (needOneAddress) network.needsOneOnly = true;
      if (registration !== null || needOneAddress) moveGroup(scene.estate, group, group.owner, scene.now);
      return {};
    },
  },
  getMasterEndpoint: {
    target: ({ name, port }) => `${name}:${port}`,
    answer: ({ estate, host }, { name, port }) => {
      const [short = ''] = name.toLowerCase().split('.');
      const behind = hostBehind(estate, name, host);
      return {
        addresses: [...(estate.directory.dns[short]?.addresses ?? [])],
        thumbprint: behind && certificateAt(behind, port, host),
      };
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getMasterProperties: {
    target: () => 'SSISDB',
    answer: (scene) => {
      const catalog = readCatalog(scene);
      const properties = catalog ? masterProperties(scene.estate, catalog, scene.now) : {};
      const seenAt = Date.parse(properties['LAST_ONLINE_TIME'] ?? '');
      return {
        address: properties['MASTER_ADDRESS'] ?? null,
        machine: properties['MACHINE_NAME'] || null,
        isFresh: scene.now - seenAt <= FRESH_MS,
      };
    },
  },
  setMasterAddress: {
    target: ({ address }) => address,
    answer: (scene, { address }) => {
      const { masterProperties: properties } = requirePrimary(scene);
      if (!('MASTER_ADDRESS' in properties)) {
        throw new SqlServerError(
          50103,
          'SSISDB has no row for the address of the Master: Scale Out was never enabled.',
        );
      }
      properties['MASTER_ADDRESS'] = address;
      return {};
    },
  },
};

const FRESH_MS = 90_000;

function serviceName(suffix: string): string {
  return `SSISScaleOutMaster${suffix}`;
}

/** Source: *Add-ClusterGenericServiceRole*; [MS-ERREF]: ERROR_OBJECT_ALREADY_EXISTS (5010). */
function requireFree(cluster: Cluster, name: string, suffix: string, { estate }: Scene): void {
  const isTaken = cluster.groups[name] !== undefined || roleOfService(estate, serviceName(suffix)) !== null;
  if (isTaken)
    throw new PowerShellRefusal(
      `The role ${name} exists already`,
      'AlreadyExists',
      'ResourceExists',
      -2147019886,
    );
}

/** Source: *ResUtilSetResourceServiceStartParameters*: a service that is Disabled is refused (1058). */
function serviceHere({ host }: Scene, suffix: string) {
  const service = host.services[serviceName(suffix)];
  if (!service) {
    throw new PowerShellRefusal(
      `The service ${serviceName(suffix)} does not exist`,
      'ServiceNotFound',
      'ObjectNotFound',
      -2147023836,
    );
  }
  if (service.startMode === 'Disabled') {
    throw new PowerShellRefusal(
      `The service ${serviceName(suffix)} is disabled`,
      'ServiceDisabled',
      'InvalidOperation',
      -2147023838,
    );
  }
  return service;
}

function requireNodes(cluster: Cluster, names: readonly string[]): void {
  const unknown = names.find(
    (name) => !cluster.nodes.some((node) => node.name.toLowerCase() === name.toLowerCase()),
  );
  if (unknown === undefined) return;
  throw new PowerShellRefusal(
    `${unknown} is no node of ${cluster.name}`,
    'ObjectNotFound',
    'ObjectNotFound',
    -2147019854,
  );
}
