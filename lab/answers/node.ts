import type * as lines from '../../activities/scripts/lines/node.ts';
import {
  engineNamed,
  failOver,
  isPrimary,
  isSynchronized,
  replicaOf,
  runningEngine,
} from '../model/availability.ts';
import { AVAILABILITY_GROUP, heirOf, mayOwn, moveGroup, nodeOf } from '../model/cluster.ts';
import type { Estate } from '../model/estate.ts';
import type { AvailabilityGroup } from '../model/estate/availability-group.ts';
import type { Catalog } from '../model/estate/catalog.ts';
import { PowerShellRefusal, type PowerShellAnswers, type SqlAnswers, type SqlScene } from '../scene.ts';
import { nameOf } from '../model/groups.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import {
  isAlive,
  isOn,
  readableCatalog,
  requirePrimary,
  requireWorker,
  runsWorker,
  tasksOf,
} from '../model/catalog-at-work.ts';
import { groupNamed, requireCluster } from './cluster.ts';
import { instanceOf } from './engine.ts';
import { requireAdministrator } from './host.ts';

const nothingMeant = () => '';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getLocalExecutions: {
    target: ({ instance }) => instance,
    answer: (scene, { instance: name }) => {
      const instance = instanceOf(scene.host, name);
      if (!instance?.running) throw new PowerShellRefusal(`The engine ${name} does not run`);
      const catalog = readableCatalog({ ...scene, instance, login: scene.account });
      return { executions: catalog ? runningIn(catalog) : [] };
    },
  },
  moveRole: {
    target: ({ role, node }) => `${role} to ${node}`,
    takesMinutes: 0.2,
    answer: (scene, { role, node }) => {
      requireAdministrator(scene);
      const cluster = requireCluster(scene, 'Move-ClusterGroup');
      const group = groupNamed(cluster, role);
      if (group.type === AVAILABILITY_GROUP)
        throw new PowerShellRefusal(`${role} is an availability group, which is never moved by the cluster`);
      if (group.owner.toLowerCase() === node.toLowerCase()) return {};
      const target = nodeOf(cluster, node);
      if (target?.state !== 'Up' || !mayOwn(group, target.name)) {
        throw new PowerShellRefusal(
          `${role} cannot be moved to ${node}`,
          'ClusterGroupMove',
          'InvalidOperation',
          -2147019829,
        );
      }
      moveGroup(scene.estate, group, target.name, scene.now);
      return {};
    },
  },
  suspendNode: {
    target: (_parameters, { host }) => host.name,
    takesMinutes: 0.5,
    answer: (scene) => {
      requireAdministrator(scene);
      const { estate, host, now } = scene;
      const cluster = requireCluster(scene, 'Suspend-ClusterNode');
      const owned = Object.values(cluster.groups).filter(({ owner }) => owner === host.name);
      const groups = owned.filter(({ type }) => type === AVAILABILITY_GROUP).map(({ name }) => name);
      if (groups.length > 0)
        throw new PowerShellRefusal(`This node still owns the availability group ${groups.join(', ')}`);
      const node = nodeOf(cluster, host.name);
      if (node) Object.assign(node, { state: 'Paused', paused: true });
      for (const group of owned) {
        const heir = heirOf(estate, group);
        if (heir !== null) moveGroup(estate, group, heir, now);
      }
      return {};
    },
  },
  resumeNode: {
    target: (_parameters, { host }) => host.name,
    answer: (scene) => {
      requireAdministrator(scene);
      const node = nodeOf(requireCluster(scene, 'Resume-ClusterNode'), scene.host.name);
      if (node?.state !== 'Paused') return {};
      node.state = 'Up';
      delete node.paused;
      return {};
    },
  },
  getWorkerService: {
    target: (_parameters, { host }) => host.name,
    answer: ({ host }) => ({ isRunning: runsWorker(host) }),
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getGroupHealth: {
    target: ({ group }) => group,
    answer: (scene, { group: name }) => {
      const server = nameOf(scene);
      const group = groupSeenFrom(scene, name);
      return {
        server,
        group: group ? { primary: primaryOf(scene.estate, group), replicas: replicasOf(scene, group) } : null,
      };
    },
  },
  failOverGroup: {
    target: ({ group }) => group,
    takesMinutes: 0.3,
    answer: (scene, { group: name }) => {
      failOver(scene.estate, requireGroup(scene, name), nameOf(scene));
      return {};
    },
  },
  setFailoverMode: {
    target: ({ group, replicas }) =>
      `${group}: ${replicas.map(({ server, failoverMode }) => `${server} ${failoverMode}`).join(', ')}`,
    answer: (scene, { group: name, replicas }) => {
      const group = groupSeenFrom(scene, name);
      if (!group || !isPrimary(group, nameOf(scene))) {
        throw new SqlServerError(
          50101,
          'This instance is not the primary replica of the availability group.',
        );
      }
      for (const { server, failoverMode } of replicas) setMode(group, server, failoverMode);
      return {};
    },
  },
  getRunningExecutions: {
    target: nothingMeant,
    answer: (scene) => {
      const database = scene.instance.databases['SSISDB'];
      const catalog = readableCatalog(scene);
      if (!catalog)
        return { catalog: database?.group ? ('elsewhere' as const) : ('none' as const), executions: [] };
      return { catalog: 'here' as const, executions: runningIn(catalog) };
    },
  },
  getWorkerLoad: {
    target: ({ machine }) => machine,
    answer: (scene, { machine }) => {
      const catalog = readableCatalog(scene);
      const worker = Object.values(catalog?.workers ?? {}).find((agent) => isOn(agent, machine));
      if (!catalog || !worker) return { worker: null };
      const others = Object.values(catalog.workers).filter(({ id, enabled }) => id !== worker.id && enabled);
      return {
        worker: {
          id: worker.id,
          isEnabled: worker.enabled,
          tasks: tasksOf(catalog, worker.id),
          othersOnline: others.filter((agent) => isAlive(scene.estate, agent)).length,
        },
      };
    },
  },
  pauseWorker: {
    target: ({ id }) => id,
    answer: (scene, { id }) => {
      const catalog = requirePrimary(scene);
      const worker = requireWorker(catalog, id);
      worker.enabled = tasksOf(catalog, id) > 0;
      return {};
    },
  },
  resumeWorker: {
    target: ({ id }) => id,
    answer: (scene, { id }) => {
      requireWorker(requirePrimary(scene), id).enabled = true;
      return {};
    },
  },
};

/** An instance that is no replica knows nothing of the group. */
function groupSeenFrom({ estate, host, instance }: SqlScene, name: string): AvailabilityGroup | null {
  const group = estate.groups[name];
  return group && instance.live.hadrEnabled && replicaOf(group, nameOf({ host, instance }))?.joined
    ? group
    : null;
}

/** Source: *Database engine events and errors*: 15151, the object does not exist or may not be seen. */
function requireGroup(scene: SqlScene, name: string): AvailabilityGroup {
  const group = groupSeenFrom(scene, name);
  if (group) return group;
  throw new SqlServerError(
    15151,
    `Cannot alter the availability group '${name}', because it does not exist or you do not have permission.`,
  );
}

/** No primary while its engine is away: the group is resolving. */
function primaryOf(estate: Estate, group: AvailabilityGroup): string | null {
  return runningEngine(estate, group.primary) ? group.primary : null;
}

function replicasOf({ estate, host, instance }: SqlScene, group: AvailabilityGroup) {
  const knowsAll = isPrimary(group, nameOf({ host, instance }));
  return Object.values(group.replicas).map(({ server, failoverMode, suspended }) => {
    const isSeen = knowsAll || engineNamed(estate, server)?.instance === instance;
    const synchronized = isSeen && isSynchronized(estate, group, server);
    return {
      server,
      failoverMode,
      isConnected: isSeen && runningEngine(estate, server) !== null,
      isSynchronized: synchronized,
      isFailoverReady: isSynchronized(estate, group, server),
      isHealthy: synchronized && !suspended,
    };
  });
}

/** Source: *Change the failover mode*: automatic needs synchronous commit (error 41101 is no such replica). */
function setMode(group: AvailabilityGroup, server: string, mode: 'AUTOMATIC' | 'MANUAL'): void {
  const replica = replicaOf(group, server);
  if (replica) replica.failoverMode = mode;
}

function runningIn(catalog: Catalog) {
  return Object.values(catalog.executions)
    .filter(({ status }) => [2, 5, 8].includes(status))
    .map(({ id, folder, project, package: name, startedAt, machine }) => ({
      id,
      package: `${folder}/${project}/${name}`,
      startedAt: startedAt === null ? null : new Date(startedAt).toISOString().slice(0, 19),
      machine,
    }));
}
