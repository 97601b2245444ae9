import type * as lines from '../../activities/scripts/lines/log.ts';
import { requirePrimary } from '../model/catalog-at-work.ts';
import { openedCatalog, readCatalog } from '../model/ssisdb.ts';
import type { Catalog } from '../model/estate/catalog.ts';
import type { Instance, Login } from '../model/estate/engine.ts';
import { sameName } from '../model/same-name.ts';
import type { SqlAnswers, SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';

const LOGIN = '##MS_SSISLogDBWorkerAgentLogin##';
const USER = '##MS_SSISLogDBWorkerAgentUser##';
const ROLE = 'ssis_cluster_worker';
const SERVER = 'CLUSTER_LOGDB_SERVER';

const theLogin = () => LOGIN;

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getLogAccount: {
    target: () => 'SSISDB',
    answer: (scene) => {
      const catalog = readCatalog(scene);
      return {
        userSid: userNamed(catalog, USER)?.sid ?? null,
        server: catalog?.masterProperties[SERVER] ?? null,
        workers: Object.keys(catalog?.workers ?? {}).length,
      };
    },
  },
  getLogLogin: {
    target: theLogin,
    answer: (scene, { password }) => {
      const login = logLogin(scene.instance);
      return {
        windowsOnly: !scene.instance.live.mixedMode,
        login: login && {
          sid: login.sid,
          passwordMatches: login.password !== null && scene.unseal(login.password) === password,
          isDisabled: login.disabled,
          checksPolicy: login.checkPolicy,
        },
      };
    },
  },
  getLogLoginHash: {
    target: theLogin,
    answer: ({ instance }) => {
      const sealed = logLogin(instance)?.password;
      return { hash: sealed ? hashOf(sealed) : null };
    },
  },
  setLogLogin: {
    target: theLogin,
    answer: (scene, { sid, password }) => {
      requireSysadmin(scene);
      const sealed = scene.seal(password);
      const known = logLogin(scene.instance);
      if (known && sameName(known.sid, sid))
        Object.assign(known, { password: sealed, checkPolicy: false, disabled: false });
      else createLogin(scene.instance, sid, sealed);
      return {};
    },
  },
  restoreLogLogin: {
    target: theLogin,
    answer: (scene, { sid, hash, isDisabled, checksPolicy }) => {
      requireSysadmin(scene);
      const known = logLogin(scene.instance);
      if (!known || !sameName(known.sid, sid)) createLogin(scene.instance, sid, sealedOf(hash));
      const login = logLogin(scene.instance);
      if (login)
        Object.assign(login, { password: sealedOf(hash), checkPolicy: checksPolicy, disabled: isDisabled });
      return {};
    },
  },
  dropLogLogin: {
    target: theLogin,
    answer: (scene, { sid }) => {
      requireSysadmin(scene);
      const login = logLogin(scene.instance);
      if (login && sameName(login.sid, sid)) delete scene.instance.logins[LOGIN.toLowerCase()];
      return {};
    },
  },
  getLogConnection: {
    target: () => SERVER,
    answer: (scene, { expected }) => {
      const catalog = readCatalog(scene);
      const isThere = catalog !== null && SERVER in catalog.masterProperties;
      const stored = catalog?.logConnection ? openedCatalog(scene).logConnection : null;
      return {
        rows: isThere ? 2 : 0,
        server: catalog?.masterProperties[SERVER] ?? null,
        matches: stored !== null && scene.unseal(stored) === expected,
      };
    },
  },
  getLogConnectionText: {
    target: () => SERVER,
    answer: (scene) => {
      const stored = readCatalog(scene)?.logConnection ? openedCatalog(scene).logConnection : null;
      return { connection: stored === null ? null : scene.unseal(stored) };
    },
  },
  setLogConnection: {
    target: ({ server }) => server,
    answer: (scene, { server, connection }) => {
      if (!(SERVER in requirePrimary(scene).masterProperties)) {
        throw new SqlServerError(
          50103,
          'SSISDB has no rows for the log connection: Scale Out was never enabled.',
        );
      }
      updateLogConnection(scene, server, connection);
      return {};
    },
  },
  getWorkerLogUser: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      const user = userOfAccount(scene, readCatalog(scene), account);
      return { user: user?.name ?? null, isMember: user?.roles.includes(ROLE) ?? false };
    },
  },
  grantWorkerLogUser: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      const catalog = requirePrimary(scene);
      const login = scene.instance.logins[account.toLowerCase()];
      if (!login) throw noSuchLogin(account);
      const known = userOfAccount(scene, catalog, account);
      const user = known ?? { name: login.name, sid: login.sid, roles: [] };
      if (!known) catalog.users[user.name] = user;
      if (!user.roles.includes(ROLE)) user.roles.push(ROLE);
      return {};
    },
  },
  revokeWorkerLogUser: {
    target: ({ user }) => user,
    answer: (scene, { user, dropsUser }) => {
      const catalog = requirePrimary(scene);
      const [key, known] = Object.entries(catalog.users).find(([, { name }]) => sameName(name, user)) ?? [];
      if (known) known.roles = known.roles.filter((role) => role !== ROLE);
      if (key !== undefined && dropsUser) delete catalog.users[key];
      return {};
    },
  },
};

/** UPDATE-only, and encrypted with a key that the master key protects. Source: text of `catalog.update_logdb_info`. */
function updateLogConnection(scene: SqlScene, server: string, connection: string): void {
  const catalog = openedCatalog(scene);
  if (!(SERVER in catalog.masterProperties)) return;
  catalog.masterProperties[SERVER] = server;
  catalog.logConnection = scene.seal(connection);
}

/** Source: message catalogue of SQL Server: 15433, the SID is in use. */
function createLogin(instance: Instance, sid: string, password: string): void {
  const others = Object.values(instance.logins).filter(({ name }) => name !== LOGIN);
  if (others.some((login) => sameName(login.sid, sid))) {
    throw new SqlServerError(15433, 'Supplied parameter sid is in use.', { state: 1 });
  }
  instance.logins[LOGIN.toLowerCase()] = {
    name: LOGIN,
    kind: 'sql',
    sid,
    password,
    disabled: false,
    checkPolicy: false,
    serverRoles: [],
    permissions: [],
  };
}

/** Source: *CREATE LOGIN*, permissions; message catalogue of SQL Server: 15247. */
function requireSysadmin({ instance, login }: SqlScene): void {
  if (instance.logins[login.toLowerCase()]?.serverRoles.includes('sysadmin')) return;
  throw new SqlServerError(15247, 'User does not have permission to perform this action.');
}

function logLogin(instance: Instance): Login | null {
  return instance.logins[LOGIN.toLowerCase()] ?? null;
}

function userNamed(catalog: Catalog | null, name: string) {
  return Object.values(catalog?.users ?? {}).find((user) => user.name === name) ?? null;
}

function userOfAccount({ instance }: SqlScene, catalog: Catalog | null, account: string) {
  const login = instance.logins[account.toLowerCase()];
  const users = Object.values(catalog?.users ?? {});
  return users.find((user) => (login ? sameName(user.sid, login.sid) : sameName(user.name, account))) ?? null;
}

function noSuchLogin(name: string): SqlServerError {
  return new SqlServerError(15007, `'${name}' is not a valid login or you do not have permission.`);
}

/** A hash that only this estate can make a password of again. */
function hashOf(sealed: string): string {
  return `0x${Buffer.from(sealed).toString('hex').toUpperCase()}`;
}

function sealedOf(hash: string): string {
  return Buffer.from(hash.slice(2), 'hex').toString();
}
