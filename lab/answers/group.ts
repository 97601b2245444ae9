import type * as lines from '../../activities/scripts/lines/group.ts';
import { isPrimary, replicaOf } from '../model/availability.ts';
import type { AvailabilityGroup } from '../model/estate/availability-group.ts';
import {
  addDatabase,
  addReplica,
  createGroup,
  dropGroup,
  joinGroup,
  nameOf,
  removeDatabase,
  removeReplica,
  requireGroup,
  requirePrimaryOf,
  SSISDB,
} from '../model/groups.ts';
import type { SqlAnswers } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireSysadmin } from './engine.ts';

const nothingMeant = () => '';
const theGroup = ({ group }: { readonly group: string }) => group;

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getPrimaryState: {
    target: nothingMeant,
    answer: (scene) => {
      const database = scene.instance.databases[SSISDB];
      const group = database?.group ? scene.estate.groups[database.group] : undefined;
      return { state: database?.state ?? null, isPrimary: group ? isPrimary(group, nameOf(scene)) : null };
    },
  },
  getGroup: {
    target: theGroup,
    answer: (scene, { group: name }) => {
      const group = scene.estate.groups[name];
      const own = group ? replicaOf(group, nameOf(scene)) : null;
      return {
        groupOfSsisdb: scene.instance.databases[SSISDB]?.group ?? null,
        group: group && own?.joined ? seenGroup(group, own.owner ?? group.owner) : null,
      };
    },
  },
  createGroup: {
    target: theGroup,
    takesMinutes: 1,
    answer: (scene, { group, replicas }) => {
      requireSysadmin(scene);
      createGroup(scene, group, replicas);
      return {};
    },
  },
  joinGroup: {
    target: theGroup,
    takesMinutes: 0.2,
    answer: (scene, { group }) => {
      requireSysadmin(scene);
      joinGroup(scene, group);
      return {};
    },
  },
  setGroupOwner: {
    target: theGroup,
    answer: (scene, { group: name, owner }) => {
      requireSysadmin(scene);
      const group = requireGroup(scene.estate, name);
      const replica = replicaOf(group, nameOf(scene));
      if (!replica?.joined) throw new SqlServerError(15151, `Cannot find the availability group '${name}'.`);
      replica.owner = owner ?? 'sa';
      return {};
    },
  },
  addGroupReplica: {
    target: ({ server }) => server,
    answer: (scene, { group, ...replica }) => {
      requireSysadmin(scene);
      addReplica(scene, group, replica);
      return {};
    },
  },
  setGroupReplica: {
    target: ({ server }) => server,
    answer: (scene, { group: name, server, availabilityMode, failoverMode }) => {
      requireSysadmin(scene);
      const replica = replicaOf(requirePrimaryOf(scene, name), server);
      if (!replica) throw new SqlServerError(15151, `Cannot find the availability replica '${server}'.`);
      const isSynchronous = availabilityMode === 'SYNCHRONOUS_COMMIT';
      replica.availabilityMode = isSynchronous ? 'SYNCHRONOUS_COMMIT' : 'ASYNCHRONOUS_COMMIT';
      replica.failoverMode = isSynchronous && failoverMode === 'AUTOMATIC' ? 'AUTOMATIC' : 'MANUAL';
      return {};
    },
  },
  removeGroupReplica: {
    target: ({ server }) => server,
    answer: (scene, { group, server }) => {
      requireSysadmin(scene);
      removeReplica(scene, group, server);
      return {};
    },
  },
  addSsisdbToGroup: {
    target: theGroup,
    answer: (scene, { group }) => {
      requireSysadmin(scene);
      addDatabase(scene, group);
      return {};
    },
  },
  removeSsisdbFromGroup: {
    target: theGroup,
    answer: (scene, { group }) => {
      requireSysadmin(scene);
      if (scene.instance.databases[SSISDB]?.group) removeDatabase(scene, group);
      return {};
    },
  },
  dropGroup: {
    target: theGroup,
    takesMinutes: 0.5,
    answer: (scene, { group }) => {
      requireSysadmin(scene);
      dropGroup(scene, group);
      return {};
    },
  },
};

function seenGroup(group: AvailabilityGroup, owner: string) {
  return {
    name: group.name,
    primary: group.primary,
    owner,
    ownedBySa: owner === 'sa',
    databases: [...group.databases].toSorted(),
    replicas: Object.values(group.replicas)
      .map(({ server, endpointUrl, availabilityMode, failoverMode, joined }) => ({
        server,
        endpointUrl,
        availabilityMode,
        failoverMode,
        joined,
      }))
      .toSorted((one, other) => (one.server < other.server ? -1 : 1)),
  };
}
