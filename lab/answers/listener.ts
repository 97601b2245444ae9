import type * as lines from '../../activities/scripts/lines/listener.ts';
import { replicaOf } from '../model/availability.ts';
import { nameOf, requirePrimaryOf } from '../model/groups.ts';
import { bringNamesOnline } from '../model/network-names.ts';
import { addListener, addressesOf, removeListener, resourceNamed } from '../model/listeners.ts';
import { PowerShellRefusal, type PowerShellAnswers, type SqlAnswers } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireModule } from './cluster.ts';
import { requireSysadmin } from './engine.ts';
import { requireAdministrator } from './host.ts';

const theGroup = ({ group }: { readonly group: string }) => group;

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getListenerNetworkName: {
    target: ({ resource }) => resource,
    answer: (scene, { resource }) => {
      requireModule(scene, 'Get-ClusterResource');
      const found = resourceNamed(scene.estate, resource);
      if (!found) return { networkName: null };
      const { state, parameters } = found;
      return {
        networkName: {
          state,
          registersAll: parameters['RegisterAllProvidersIP'] === 1,
          recordSeconds: Number(parameters['HostRecordTTL']),
        },
      };
    },
  },
  setListenerNetworkName: {
    target: ({ resource }) => resource,
    takesMinutes: 0.5,
    answer: (scene, { resource, registersAll, recordSeconds }) => {
      requireAdministrator(scene);
      requireModule(scene, 'Set-ClusterParameter');
      const found = resourceNamed(scene.estate, resource);
      if (!found) throw new PowerShellRefusal(`The cluster has no resource ${resource}`);
      Object.assign(found.parameters, {
        RegisterAllProvidersIP: registersAll ? 1 : 0,
        HostRecordTTL: recordSeconds,
      });
      for (const group of Object.values(scene.estate.cluster?.groups ?? {})) {
        if (group.resources[resource] === found) bringNamesOnline(scene.estate, group);
      }
      return {};
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getListener: {
    target: theGroup,
    answer: (scene, { group: name }) => {
      const group = scene.estate.groups[name];
      if (!group?.listener || !replicaOf(group, nameOf(scene))?.joined) return { listener: null };
      const owner = scene.estate.cluster?.groups[name]?.owner ?? '';
      const { name: listener, port } = group.listener;
      return { listener: { name: listener, port, addresses: addressesOf(group, scene.estate, owner) } };
    },
  },
  addListener: {
    target: ({ listener }) => listener,
    takesMinutes: 1,
    answer: (scene, { group, ...spec }) => {
      requireSysadmin(scene);
      addListener(scene, group, spec);
      return {};
    },
  },
  setListenerPort: {
    target: ({ listener }) => listener,
    answer: (scene, { group: name, port }) => {
      requireSysadmin(scene);
      const { listener } = requirePrimaryOf(scene, name);
      if (!listener) throw new SqlServerError(15151, `The availability group '${name}' has no listener.`);
      listener.port = port;
      return {};
    },
  },
  removeListener: {
    target: ({ listener }) => listener,
    takesMinutes: 0.5,
    answer: (scene, { group, listener }) => {
      requireSysadmin(scene);
      removeListener(scene, group, listener);
      return {};
    },
  },
};
