import type * as lines from '../../activities/scripts/lines/parity.ts';
import { readableCatalog, requirePrimary } from '../model/catalog-at-work.ts';
import type { Instance, Job, Login } from '../model/estate/engine.ts';
import { nameOf } from '../model/groups.ts';
import type { SqlAnswers } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireSysadmin } from './engine.ts';

const nothingMeant = () => '';

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getServerObjects: {
    target: nothingMeant,
    answer: (scene) => {
      const { instance } = scene;
      const login = cleanupLoginOf(instance);
      return {
        clrEnabled: instance.clrEnabled,
        trusted: [...instance.trustedAssemblies],
        needed: readableCatalog(scene)
          ? instance.trustedAssemblies.map((hash) => ({ hash, description: hash }))
          : [],
        cleanupLogin: login && {
          sid: login.sid,
          disabled: login.disabled,
          mayViewState: login.permissions.includes(VIEW_STATE),
        },
        startup: instance.startupProcedures.includes(STARTUP)
          ? { definition: STARTUP_TEXT, isStartup: true }
          : null,
      };
    },
  },
  getCatalogLogins: {
    target: nothingMeant,
    answer: (scene) => {
      const users = Object.values(readableCatalog(scene)?.users ?? {});
      const logins = Object.values(scene.instance.logins).filter(
        ({ name }) => !/^(##MS_|NT SERVICE\\)/i.test(name),
      );
      return {
        logins: logins
          .filter(({ sid }) => users.some((user) => user.sid === sid))
          .map(({ name, sid }) => ({ login: name, sid })),
      };
    },
  },
  getMissingLogins: {
    target: nothingMeant,
    answer: ({ instance }, { sids }) => {
      const known = new Set(Object.values(instance.logins).map(({ sid }) => sid));
      return { missing: sids.filter((sid) => !known.has(sid)) };
    },
  },
  addTrustedAssembly: {
    target: ({ description }) => description,
    answer: (scene, { hash }) => {
      requireSysadmin(scene);
      const { trustedAssemblies } = scene.instance;
      if (!trustedAssemblies.includes(hash)) trustedAssemblies.push(hash);
      return {};
    },
  },
  dropTrustedAssembly: {
    target: ({ hash }) => hash,
    answer: (scene, { hash }) => {
      requireSysadmin(scene);
      scene.instance.trustedAssemblies = scene.instance.trustedAssemblies.filter((known) => known !== hash);
      return {};
    },
  },
  putCleanupLogin: {
    target: () => CLEANUP_LOGIN,
    answer: (scene, { sid, mayViewState }) => {
      requireSysadmin(scene);
      const login = cleanupLoginOf(scene.instance);
      scene.instance.logins[CLEANUP_LOGIN.toLowerCase()] = {
        name: CLEANUP_LOGIN,
        kind: 'sql',
        sid,
        password: login?.sid === sid ? login.password : scene.seal(`random ${scene.nextId()}`),
        disabled: true,
        checkPolicy: false,
        serverRoles: login?.serverRoles ?? [],
        permissions: mayViewState ? [VIEW_STATE] : [],
      };
      return {};
    },
  },
  dropCleanupLogin: {
    target: () => CLEANUP_LOGIN,
    answer: (scene) => {
      requireSysadmin(scene);
      const owned = Object.values(scene.instance.jobs).filter(({ owner }) => owner === CLEANUP_LOGIN);
      if (owned.length > 0) {
        throw new SqlServerError(15170, `This login is the owner of ${owned.length} job(s).`);
      }
      delete scene.instance.logins[CLEANUP_LOGIN.toLowerCase()];
      return {};
    },
  },
  putStartupProcedure: {
    target: () => STARTUP,
    answer: (scene, { isStartup }) => {
      requireSysadmin(scene);
      const others = scene.instance.startupProcedures.filter((name) => name !== STARTUP);
      scene.instance.startupProcedures = isStartup ? [...others, STARTUP] : others;
      return {};
    },
  },
  dropStartupProcedure: {
    target: () => STARTUP,
    answer: (scene) => {
      requireSysadmin(scene);
      scene.instance.startupProcedures = scene.instance.startupProcedures.filter((name) => name !== STARTUP);
      return {};
    },
  },
  getJob: {
    target: ({ name }) => name,
    answer: ({ instance }, { name }) => {
      const job = instance.jobs[name];
      if (!job) return { job: null };
      const { enabled, owner, text } = job;
      return { job: { enabled, owner: ownerIn(instance, owner), definition: text } };
    },
  },
  // Source: sp_add_job, @owner_login_name: 14234, there is no such login.
  putJob: {
    target: ({ name }) => name,
    answer: (scene, { name, owner, enabled, definition }) => {
      requireSysadmin(scene);
      const login = scene.instance.logins[(owner ?? 'sa').toLowerCase()];
      if (!login) throw new SqlServerError(14234, `The specified '@owner_login_name' is invalid.`);
      const job: Job = { name, enabled, owner: login.name, text: definition };
      scene.instance.jobs[name] = job;
      return {};
    },
  },
  dropJob: {
    target: ({ name }) => name,
    answer: (scene, { name }) => {
      requireSysadmin(scene);
      delete scene.instance.jobs[name];
      return {};
    },
  },
  getAlwaysOnSupport: {
    target: nothingMeant,
    answer: (scene) => {
      const catalog = scene.instance.databases['SSISDB']?.group ? readableCatalog(scene) : null;
      if (!catalog) return { serverName: nameOf(scene), support: null };
      const user = catalog.users[CLEANUP_USER];
      return {
        serverName: nameOf(scene),
        support: {
          hasUser: user !== undefined,
          isMember: user?.roles.includes(MONITOR_ROLE) ?? false,
          missingGrants: MONITOR_GRANTS.filter((name) => !catalog.monitorGrants?.includes(name)),
          replicas: Object.entries(catalog.alwaysOnReplicas)
            .map(([server, state]) => ({ server, state }))
            .toSorted((one, other) => (one.server < other.server ? -1 : 1)),
        },
      };
    },
  },
  grantFailoverMonitor: {
    target: () => MONITOR_ROLE,
    answer: (scene) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      const user = catalog.users[CLEANUP_USER];
      if (!user) throw new SqlServerError(15151, `Cannot add the principal '${CLEANUP_USER}'.`);
      if (!user.roles.includes(MONITOR_ROLE)) user.roles.push(MONITOR_ROLE);
      catalog.monitorGrants = [...MONITOR_GRANTS];
      return {};
    },
  },
  revokeFailoverMonitor: {
    target: () => MONITOR_ROLE,
    answer: (scene, { member, grants }) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      const user = catalog.users[CLEANUP_USER];
      if (member && user) user.roles = user.roles.filter((role) => role !== MONITOR_ROLE);
      const left = catalog.monitorGrants?.filter((name) => !grants.includes(name)) ?? [];
      delete catalog.monitorGrants;
      if (left.length > 0) catalog.monitorGrants = left;
      return {};
    },
  },
  // Source: domain facts, R3: 27227, the replica is registered already.
  addReplicaInfo: {
    target: ({ server }) => server,
    answer: (scene, { server }) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      if (catalog.alwaysOnReplicas[server] !== undefined) {
        throw new SqlServerError(27227, `The server '${server}' is registered already.`);
      }
      catalog.alwaysOnReplicas[server] = server.toLowerCase() === nameOf(scene).toLowerCase() ? 1 : 2;
      return {};
    },
  },
  deleteReplicaInfo: {
    target: ({ server }) => server,
    answer: (scene, { server }) => {
      requireSysadmin(scene);
      delete requirePrimary(scene).alwaysOnReplicas[server];
      return {};
    },
  },
};

const CLEANUP_LOGIN = '##MS_SSISServerCleanupJobLogin##';
const CLEANUP_USER = '##MS_SSISServerCleanupJobUser##';
const VIEW_STATE = 'VIEW SERVER STATE';
const STARTUP = 'sp_ssis_startup';
const STARTUP_TEXT = 'CREATE PROCEDURE [dbo].[sp_ssis_startup] AS EXEC [SSISDB].[catalog].[startup];';
const MONITOR_ROLE = 'ssis_failover_monitoring_agent';
const MONITOR_GRANTS = ['refresh_replica_status', 'update_replica_info'] as const;

function cleanupLoginOf({ logins }: Instance): Login | null {
  return logins[CLEANUP_LOGIN.toLowerCase()] ?? null;
}

/** A job's owner is kept by identifier: one that no login has any more is nobody. */
function ownerIn({ logins }: Instance, owner: string): string | null {
  return logins[owner.toLowerCase()]?.name ?? null;
}
