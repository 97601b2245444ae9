import type * as lines from '../../activities/scripts/lines/always-on.ts';
import { replicaOf } from '../model/availability.ts';
import { windowsLogin } from '../model/catalog.ts';
import { engineService } from '../model/engine.ts';
import type { Endpoint, Instance, Login } from '../model/estate/engine.ts';
import { namesIn } from '../model/language.ts';
import { nameOf, SSISDB } from '../model/groups.ts';
import { sameName } from '../model/same-name.ts';
import { PowerShellRefusal, type PowerShellAnswers, type SqlAnswers, type SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { clusterOf } from './cluster.ts';
import { requireSysadmin } from './engine.ts';
import { requireAdministrator } from './host.ts';

const nothingMeant = () => '';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getAlwaysOnSetting: {
    target: ({ instance }) => instance,
    answer: ({ host }, { instance }) => ({
      configured: host.instances[instance]?.pending.hadrEnabled ?? null,
    }),
  },
  setAlwaysOnSetting: {
    target: ({ instance }) => instance,
    answer: (scene, { instance: name, enabled }) => {
      requireAdministrator(scene);
      const instance = scene.host.instances[name];
      if (!instance) throw new PowerShellRefusal(`There is no instance ${name}`);
      if (enabled && !clusterOf(scene)) {
        throw new PowerShellRefusal(`${scene.host.name} is no node of a failover cluster`);
      }
      instance.pending = { ...instance.pending, hadrEnabled: enabled };
      return {};
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getAlwaysOn: {
    target: nothingMeant,
    answer: (scene) => {
      const { host, instance, estate } = scene;
      return {
        serverName: nameOf(scene),
        machine: host.name,
        account: host.services[engineService(instance)]?.account ?? null,
        enabled: instance.live.hadrEnabled,
        managerStatus: instance.live.hadrEnabled ? (clusterOf(scene) ? 1 : 2) : null,
        groups: Object.values(estate.groups)
          .filter((group) => replicaOf(group, nameOf(scene))?.joined)
          .map(({ name }) => name),
        otherDatabases: Object.keys(instance.databases).filter((name) => name !== SSISDB),
      };
    },
  },
  getEndpoint: {
    target: nothingMeant,
    answer: ({ estate, instance }, { accounts }) => {
      const { endpoint } = instance;
      const system = instance.logins[namesIn(estate).system.toLowerCase()];
      return {
        endpoint: endpoint && seenEndpoint(endpoint),
        accounts: accounts.map((account) => ({
          account,
          hasLogin: instance.logins[account.toLowerCase()] !== undefined,
          mayConnect: endpoint?.connectGrants.some((granted) => sameName(granted, account)) ?? false,
        })),
        system: {
          hasLogin: system !== undefined,
          missing: CLUSTER_PERMISSIONS.filter((permission) => !system?.permissions.includes(permission)),
        },
        health: instance.healthSession ?? { startsWithEngine: false, runs: false },
      };
    },
  },
  createEndpoint: {
    target: ({ port }) => String(port),
    answer: (scene, { port }) => {
      requireSysadmin(scene);
      if (scene.instance.endpoint) {
        throw new SqlServerError(7862, 'An endpoint of the requested type already exists.');
      }
      scene.instance.endpoint = {
        name: 'Hadr_endpoint',
        port,
        state: 'STARTED',
        owner: 'sa',
        connectGrants: [],
      };
      return {};
    },
  },
  setEndpoint: {
    target: ({ name }) => name,
    answer: (scene, { name, started, owner }) => {
      requireSysadmin(scene);
      const endpoint = requireEndpoint(scene.instance, name);
      endpoint.state = started ? 'STARTED' : 'STOPPED';
      endpoint.owner = owner ?? 'sa';
      return {};
    },
  },
  dropEndpoint: {
    target: ({ name }) => name,
    answer: (scene, { name }) => {
      requireSysadmin(scene);
      const joined = Object.values(scene.estate.groups).some(
        (group) => replicaOf(group, nameOf(scene))?.joined,
      );
      if (joined) throw new SqlServerError(50102, 'An availability group still uses the endpoint.');
      if (scene.instance.endpoint?.name === name) scene.instance.endpoint = null;
      return {};
    },
  },
  grantEndpoint: {
    target: ({ account }) => account,
    answer: (scene, { name, account }) => {
      requireSysadmin(scene);
      const endpoint = requireEndpoint(scene.instance, name);
      scene.instance.logins[account.toLowerCase()] ??= windowsLogin(requireAccount(scene, account));
      if (!endpoint.connectGrants.some((granted) => sameName(granted, account)))
        endpoint.connectGrants.push(account);
      return {};
    },
  },
  revokeEndpoint: {
    target: ({ account }) => account,
    answer: (scene, { name, account, dropLogin }) => {
      requireSysadmin(scene);
      const { endpoint, logins } = scene.instance;
      if (endpoint?.name === name) {
        endpoint.connectGrants = endpoint.connectGrants.filter((granted) => !sameName(granted, account));
      }
      if (dropLogin) delete logins[account.toLowerCase()];
      return {};
    },
  },
  grantClusterService: {
    target: (_parameters, { estate }) => namesIn(estate).system,
    answer: (scene) => {
      requireSysadmin(scene);
      const { system: name } = namesIn(scene.estate);
      const system = (scene.instance.logins[name.toLowerCase()] ??= systemLogin(name));
      system.permissions = [...new Set([...system.permissions, ...CLUSTER_PERMISSIONS])];
      return {};
    },
  },
  revokeClusterService: {
    target: (_parameters, { estate }) => namesIn(estate).system,
    answer: (scene, { permissions, dropLogin }) => {
      requireSysadmin(scene);
      const { logins } = scene.instance;
      const { system: name } = namesIn(scene.estate);
      const system = logins[name.toLowerCase()];
      if (!system) return {};
      system.permissions = system.permissions.filter((permission) => !permissions.includes(permission));
      if (dropLogin) delete logins[name.toLowerCase()];
      return {};
    },
  },
  setHealthSession: {
    target: nothingMeant,
    answer: (scene, { startsWithEngine, runs }) => {
      requireSysadmin(scene);
      delete scene.instance.healthSession;
      if (startsWithEngine || runs) scene.instance.healthSession = { startsWithEngine, runs };
      return {};
    },
  },
};

const CLUSTER_PERMISSIONS = ['ALTER ANY AVAILABILITY GROUP', 'CONNECT SQL', 'VIEW SERVER STATE'] as const;

/** Source: *Well-known SIDs*: S-1-5-18, whatever its name in the language of Windows. */
function systemLogin(name: string): Login {
  return { ...windowsLogin(name), sid: '0x010100000000000512000000' };
}

function seenEndpoint(endpoint: Endpoint) {
  const { name, port, state, owner, role, authentication, encryption } = endpoint;
  return {
    name,
    port,
    state,
    role: role ?? 'ALL',
    authentication: authentication ?? 'NEGOTIATE',
    encryption: encryption ?? 'AES',
    owner,
    ownedBySa: owner === 'sa',
  };
}

function requireEndpoint({ endpoint }: Instance, name: string): Endpoint {
  if (endpoint?.name === name) return endpoint;
  throw new SqlServerError(15151, `Cannot find the endpoint '${name}', because it does not exist.`);
}

/** Source: *CREATE LOGIN*: 15401, Windows knows no such account. */
function requireAccount({ estate }: SqlScene, account: string): string {
  const { accounts, computers, netbios } = estate.directory;
  const known = accounts[account.toLowerCase()];
  if (known) return known.name;
  const [domain = '', name = ''] = account.toLowerCase().split('\\');
  if (domain === netbios.toLowerCase() && computers[name.replace(/\$$/, '')]) return account;
  throw new SqlServerError(15401, `Windows NT user or group '${account}' not found. Check the name again.`);
}
