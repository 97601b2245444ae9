import type * as lines from '../../activities/scripts/lines/catalog.ts';
import { readableCatalog, requirePrimary } from '../model/catalog-at-work.ts';
import {
  dropCatalog,
  enableScaleOut,
  isSysadmin,
  masterKeyId,
  masterVersionKey,
  requireKey,
  windowsLogin,
} from '../model/catalog.ts';
import { engineService, serverNameOf } from '../model/engine.ts';
import type { Catalog, CatalogUser } from '../model/estate/catalog.ts';
import { masterKeyOpens } from '../model/master-key.ts';
import { readFile, writeFile } from '../model/files.ts';
import type { SqlAnswers, SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireSysadmin } from './engine.ts';

const ssisdb = () => 'SSISDB';

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getCatalogPlace: {
    target: ssisdb,
    answer: (scene) => {
      const database = scene.instance.databases['SSISDB'];
      const group = database?.group ?? null;
      const isPrimary = group !== null && readableCatalog(scene) !== null;
      const isStored = scene.instance.masterKeyPasswords.some(({ family }) => family === database?.family);
      return {
        state: database?.state ?? null,
        inGroup: group !== null,
        isPrimary,
        group,
        isResolving: scene.estate.groups[group ?? '']?.resolving ?? false,
        masterKeyOpens: masterKeyOpens(database) || isStored,
      };
    },
  },
  getCatalog: {
    target: ssisdb,
    answer: (scene) => {
      const catalog = readableCatalog(scene);
      if (!catalog) return { catalog: null };
      const owner = scene.instance.databases['SSISDB']?.owner ?? null;
      return {
        catalog: {
          owner,
          ownedBySa: owner === 'sa',
          masterKeyId: masterKeyId(catalog),
          projects: Object.values(catalog.folders).flatMap((folder) => Object.keys(folder)).length,
          properties: Object.entries(catalog.properties)
            .map(([name, value]) => ({ name, value }))
            .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
        },
      };
    },
  },
  setCatalogProperty: {
    target: ({ name }) => name,
    answer: (scene, { name, value }) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      if (!(name in catalog.properties)) {
        throw new SqlServerError(
          27101,
          `The value specified for the input parameter 'property_name' is not valid.`,
        );
      }
      catalog.properties[name] = value;
      return {};
    },
  },
  setCatalogOwner: {
    target: ({ owner }) => owner ?? 'sa',
    answer: (scene, { owner }) => {
      requireSysadmin(scene);
      requirePrimary(scene);
      const name = owner ?? 'sa';
      const login = scene.instance.logins[name.toLowerCase()];
      if (!login) throw new SqlServerError(15151, `Cannot find the principal '${name}'.`);
      const database = scene.instance.databases['SSISDB'];
      if (database) database.owner = login.name;
      return {};
    },
  },
  dropCatalog: {
    target: ssisdb,
    answer: (scene) => {
      requireSysadmin(scene);
      if (scene.instance.databases['SSISDB']?.group) {
        throw new SqlServerError(50102, 'SSISDB belongs to an availability group.');
      }
      const catalog = readableCatalog(scene);
      if (catalog && Object.values(catalog.folders).some((folder) => Object.keys(folder).length > 0)) {
        throw new SqlServerError(50103, 'SSISDB holds projects.');
      }
      dropCatalog(scene.instance, scene.estate.catalogs);
      return {};
    },
  },
  backUpMasterKey: {
    target: ({ file }) => file,
    answer: (scene, { file, password }) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      requireKey(scene.instance.databases['SSISDB']);
      writeAsEngine(
        scene,
        file,
        JSON.stringify({ masterKey: masterKeyId(catalog), behind: scene.seal(password) }),
      );
      return {};
    },
  },
  getScaleOut: {
    target: ssisdb,
    answer: (scene, { suffix }) => {
      const catalog = readableCatalog(scene);
      const name = serverNameOf(scene.host, scene.instance);
      return {
        catalogIsThere: catalog !== null,
        enabled: isEnabled(catalog),
        isSysadmin: isSysadmin(scene.instance, scene.login),
        masterVersion: masterVersion(scene, suffix),
        serverName: name,
        machine: name,
        logSessions: logSessions(catalog),
      };
    },
  },
  enableScaleOut: {
    target: ssisdb,
    answer: (scene, { suffix }) => {
      const catalog = requirePrimary(scene);
      if (isEnabled(catalog)) throw new SqlServerError(50104, 'Scale Out is on already.');
      if (!isSysadmin(scene.instance, scene.login)) {
        throw new SqlServerError(50105, 'The account is no member of sysadmin.');
      }
      if (masterVersion(scene, suffix) === null) {
        throw new SqlServerError(50106, 'There is no Scale Out Master beside this engine.');
      }
      if (logSessions(catalog) > 0) throw new SqlServerError(50108, 'The log login has open sessions.');
      enableScaleOut(scene, catalog, serverNameOf(scene.host, scene.instance), suffix);
      return {};
    },
  },
  getAccountLogin: {
    target: ({ account }) => account,
    answer: ({ instance }, { account }) => {
      const login = instance.logins[account.toLowerCase()];
      return { exists: login !== undefined, isDisabled: login?.disabled ?? false };
    },
  },
  getCatalogAdmin: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      const user = userOf(readableCatalog(scene), account);
      return { user: user !== null, member: user?.roles.includes('ssis_admin') ?? false };
    },
  },
  createAccountLogin: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      requireSysadmin(scene);
      const known = scene.estate.directory.accounts[account.toLowerCase()];
      if (!known) throw new SqlServerError(15401, `Windows NT user or group '${account}' not found.`);
      scene.instance.logins[account.toLowerCase()] ??= windowsLogin(known.name);
      return {};
    },
  },
  dropAccountLogin: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      requireSysadmin(scene);
      delete scene.instance.logins[account.toLowerCase()];
      return {};
    },
  },
  addCatalogAdmin: {
    target: ({ account }) => account,
    answer: (scene, { account }) => {
      requireSysadmin(scene);
      const catalog = requirePrimary(scene);
      const login = scene.instance.logins[account.toLowerCase()];
      if (!login)
        throw new SqlServerError(15007, `'${account}' is not a valid login or you do not have permission.`);
      const user = userOf(catalog, account) ?? { name: login.name, sid: login.sid, roles: [] };
      catalog.users[user.name] = user;
      if (!user.roles.includes('ssis_admin')) user.roles.push('ssis_admin');
      return {};
    },
  },
  removeCatalogAdmin: {
    target: ({ account }) => account,
    answer: (scene, { account, dropUser }) => {
      requireSysadmin(scene);
      if (!scene.instance.databases['SSISDB']) return {};
      const catalog = requirePrimary(scene);
      const user = userOf(catalog, account);
      if (!user) return {};
      user.roles = user.roles.filter((role) => role !== 'ssis_admin');
      if (dropUser) delete catalog.users[user.name];
      return {};
    },
  },
};

function isEnabled(catalog: Catalog | null): boolean {
  return catalog?.masterProperties['IS_SCALEOUT_ENABLED'] === 'TRUE';
}

function masterVersion({ host }: SqlScene, suffix: string): string | null {
  const version = host.registry[masterVersionKey(suffix)];
  return version === undefined ? null : String(version);
}

/** A worker that runs a package writes its log through the log login. */
function logSessions(catalog: Catalog | null): number {
  if (!isEnabled(catalog)) return 0;
  return Object.values(catalog?.executions ?? {}).filter(
    ({ status, worker }) => status === 2 && worker !== null,
  ).length;
}

/** A Windows account has one SID everywhere. */
function userOf(catalog: Catalog | null, account: string): CatalogUser | null {
  const { sid } = windowsLogin(account);
  return (
    Object.values(catalog?.users ?? {}).find((user) => user.sid.toLowerCase() === sid.toLowerCase()) ?? null
  );
}

/** Source: *Database engine events and errors*: 15240, the file cannot be written, or exists already. */
function writeAsEngine(scene: SqlScene, path: string, content: string): void {
  const account = scene.host.services[engineService(scene.instance)]?.account ?? '';
  const asEngine = { ...scene, account };
  const refused = new SqlServerError(15240, `Cannot write into file '${path}'.`);
  try {
    if (readFile(asEngine, path)) throw refused;
    writeFile(asEngine, path, content);
  } catch {
    throw refused;
  }
}
