import type * as lines from '../../activities/scripts/lines/copies.ts';
import { isPrimary } from '../model/availability.ts';
import { backupsOf, logChainOf } from '../model/backups.ts';
import { readableCatalog } from '../model/catalog-at-work.ts';
import {
  backUp,
  healthOf,
  joinCopy,
  logsSince,
  requireWritable,
  restoreFull,
  restoreLog,
} from '../model/copies.ts';
import type { Database, Instance } from '../model/estate/engine.ts';
import { readFile } from '../model/files.ts';
import { nameOf, SSISDB } from '../model/groups.ts';
import type { PowerShellAnswers, Scene, SqlAnswers } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireSysadmin } from './engine.ts';

const ssisdb = () => SSISDB;

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getSeedingFiles: {
    target: ({ folder }) => folder,
    answer: (scene, { folder, prefix }) => ({ files: filesOf(scene, folder, prefix) }),
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  proveMasterKeyPassword: {
    target: ssisdb,
    answer: (scene, { password }) => {
      const catalog = readableCatalog(scene);
      return { proven: catalog && catalog.masterKeyPassword === scene.seal(password) };
    },
  },
  getReadiness: {
    target: ssisdb,
    answer: ({ instance }) => {
      const database = instance.databases[SSISDB];
      return { readiness: database ? readinessOf(database, instance) : null };
    },
  },
  checkSsisdb: {
    target: ssisdb,
    takesMinutes: 1,
    answer: (scene) => {
      requireSysadmin(scene);
      requireWritable(scene).checked = { at: scene.now, residue: true };
      return {};
    },
  },
  setReadiness: {
    target: ({ recovery }) => recovery,
    answer: (scene, { recovery, autoClose }) => {
      requireSysadmin(scene);
      const database = requireWritable(scene);
      if (database.group) {
        throw new SqlServerError(
          1468,
          'The operation cannot be performed on database "SSISDB" because it is in a group.',
        );
      }
      if (recovery === 'SIMPLE') delete database.fullSince;
      else if (database.recovery === 'SIMPLE') database.fullSince = scene.now;
      database.recovery = recovery === 'SIMPLE' ? 'SIMPLE' : 'FULL';
      delete database.autoClose;
      if (autoClose) database.autoClose = true;
      return {};
    },
  },
  backUpSsisdb: {
    target: ({ file }) => file,
    takesMinutes: 1,
    answer: (scene, { file, name, kind }) => {
      requireSysadmin(scene);
      backUp(scene, file, name, kind);
      return {};
    },
  },
  getLogChain: {
    target: ssisdb,
    answer: (scene, { name }) => ({
      logs: logsSince(scene, name).map(({ file }) => ({ file, position: 1, family: 1 })),
    }),
  },
  getCopy: {
    target: ssisdb,
    answer: ({ instance }) => {
      const database = instance.databases[SSISDB];
      if (!database) return { copy: null };
      const { state, group, restoredFrom } = database;
      return { copy: { state, group, restoredFrom: restoredFrom?.name ?? null } };
    },
  },
  restoreCopy: {
    target: ({ file }) => file,
    takesMinutes: 1,
    answer: (scene, { file, kind }) => {
      requireSysadmin(scene);
      if (kind === 'full') restoreFull(scene, file);
      else restoreLog(scene, file);
      return {};
    },
  },
  joinCopy: {
    target: ({ group }) => group,
    takesMinutes: 0.5,
    answer: (scene, { group }) => {
      requireSysadmin(scene);
      return { joined: joinCopy(scene, group) };
    },
  },
  leaveGroup: {
    target: ssisdb,
    answer: (scene) => {
      requireSysadmin(scene);
      const database = scene.instance.databases[SSISDB];
      const group = database?.group ? scene.estate.groups[database.group] : undefined;
      if (!database || !group) return {};
      if (isPrimary(group, nameOf(scene)))
        throw new SqlServerError(50101, 'SSISDB is primary on this instance.');
      database.group = null;
      database.state = 'RESTORING';
      return {};
    },
  },
  dropCopy: {
    target: ssisdb,
    answer: (scene, { name }) => {
      requireSysadmin(scene);
      const database = scene.instance.databases[SSISDB];
      if (!database) return {};
      if (database.state !== 'RESTORING' || database.group) {
        throw new SqlServerError(50102, 'SSISDB is not a copy that waits for its restore.');
      }
      if (database.restoredFrom?.name !== name) {
        throw new SqlServerError(50103, 'This copy of SSISDB was restored by somebody else.');
      }
      delete scene.instance.databases[SSISDB];
      return {};
    },
  },
  getReplicaHealth: {
    target: ({ server }) => server,
    answer: (scene, { group: name, server }) => {
      const group = scene.estate.groups[name];
      return { replica: group ? healthOf(scene, group, server) : null };
    },
  },
  getMasterKeyPasswords: {
    target: ssisdb,
    answer: ({ instance }) => {
      const database = instance.databases[SSISDB];
      if (!database) return { catalogIsThere: false, stored: 0, storedForThisCopy: 0 };
      const stored = storedFor(database, instance);
      const fresh = stored.filter(
        ({ createdAt }) => createdAt !== undefined && createdAt >= (database.createdAt ?? 0),
      );
      return { catalogIsThere: true, stored: stored.length, storedForThisCopy: fresh.length };
    },
  },
  // The engine does not check the password: a wrong one shows at the failover, and only then.
  storeMasterKeyPassword: {
    target: ssisdb,
    answer: (scene, { password }) => {
      requireSysadmin(scene);
      const { instance } = scene;
      const database = requireCopy(instance);
      const sealed = scene.seal(password);
      instance.masterKeyPasswords = instance.masterKeyPasswords.filter(isNot(database, sealed));
      instance.masterKeyPasswords.push({ family: database.family, password: sealed, createdAt: scene.now });
      return {};
    },
  },
  dropMasterKeyPassword: {
    target: ssisdb,
    answer: (scene, { password }) => {
      requireSysadmin(scene);
      const { instance } = scene;
      const database = requireCopy(instance);
      const left = instance.masterKeyPasswords.filter(isNot(database, scene.seal(password)));
      if (left.length === instance.masterKeyPasswords.length) {
        throw new SqlServerError(15151, 'Cannot find the credential of the master key.');
      }
      instance.masterKeyPasswords = left;
      return {};
    },
  },
  getBackupAges: {
    target: ssisdb,
    answer: ({ instance, now }) => {
      const age = (type: 'full' | 'log') => {
        const newest = backupsOf(instance, SSISDB).findLast(
          (backup) => backup.type === type && (type === 'full' || !backup.copyOnly),
        );
        return newest ? Math.floor((now - newest.finishedAt) / 60_000) : null;
      };
      return { fullMinutes: age('full'), logMinutes: age('log') };
    },
  },
};

function readinessOf(database: Database, instance: Instance) {
  const { state, recovery, autoClose, group, createdAt, checked } = database;
  return {
    state,
    recovery,
    autoClose: autoClose ?? false,
    readOnly: false,
    userAccess: 'MULTI_USER',
    group,
    mirrored: false,
    hasLogChain: logChainOf(instance, database).length > 0,
    checked: checked !== undefined && checked.at >= (createdAt ?? 0),
  };
}

function storedFor({ family }: Database, { masterKeyPasswords }: Instance) {
  return masterKeyPasswords.filter((stored) => stored.family === family);
}

function isNot({ family }: Database, password: string) {
  return (stored: { readonly family: string; readonly password: string }) =>
    stored.family !== family || stored.password !== password;
}

function requireCopy({ databases }: Instance): Database {
  const database = databases[SSISDB];
  if (database) return database;
  throw new SqlServerError(911, `Database '${SSISDB}' does not exist.`);
}

/** The share is opened as the account itself, which is refused where it has no right to it. */
function filesOf(scene: Scene, folder: string, prefix: string): string[] {
  const start = `${folder}\\${prefix}`;
  readFile(scene, start);
  const [, share] =
    Object.entries(scene.estate.shares).find(([name]) => name.toLowerCase() === folder.toLowerCase()) ?? [];
  return Object.keys(share?.files ?? scene.host.files).filter((path) =>
    path.toLowerCase().startsWith(start.toLowerCase()),
  );
}
