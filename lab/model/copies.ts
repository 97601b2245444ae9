import { PowerShellRefusal, type SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { isPrimary, isSynchronized, replicaOf, runningEngine } from './availability.ts';
import { backupsOf, logChainOf } from './backups.ts';
import { engineService } from './engine.ts';
import type { AvailabilityGroup } from './estate/availability-group.ts';
import type { Backup, Database } from './estate/engine.ts';
import { readFile, writeFile } from './files.ts';
import { nameOf, requireGroup, SSISDB, talk } from './groups.ts';

/** What the file of a backup holds. */
interface BackupFile {
  readonly type: 'full' | 'log';
  readonly name: string;
  readonly from: number;
  readonly position: number;
  readonly family: string;
  readonly catalog: string | null;
}

type BackupKind = 'full' | 'full copy' | 'log copy';

/**
 * Backs SSISDB up as the engine's own account. A copy leaves the chain of the site's backups alone.
 *
 * Source: *BACKUP*, COPY_ONLY; *Database engine events and errors*: 4208 a log backup in simple recovery, 4214
 * no full backup yet, 3201 the device cannot be opened.
 */
export function backUp(scene: SqlScene, file: string, name: string, kind: BackupKind): void {
  const database = requireWritable(scene);
  const chain = logChainOf(scene.instance, database);
  const type = kind === 'log copy' ? 'log' : 'full';
  if (type === 'log') requireLog(database, chain);
  const from = type === 'log' ? (chain.at(-1)?.position ?? 0) : database.position;
  const { family, catalog, position } = database;
  if (readFrom(scene, file))
    throw new SqlServerError(3241, `The media family on device '${file}' is incorrectly formed.`);
  const content: BackupFile = { type, name, from, position, family, catalog };
  writeAsEngine(scene, file, JSON.stringify(content), kind === 'full');
  const taken = {
    database: SSISDB,
    type,
    copyOnly: kind !== 'full',
    file,
    position,
    from,
    name,
    finishedAt: scene.now,
  };
  (scene.instance.scriptedBackups ??= { taken: [], residue: true }).taken.push({ ...taken, type });
}

function requireLog({ recovery }: Database, chain: readonly Backup[]): void {
  if (recovery !== 'FULL') {
    throw new SqlServerError(
      4208,
      'The statement BACKUP LOG is not allowed while the recovery model is SIMPLE.',
    );
  }
  if (chain.length > 0) return;
  throw new SqlServerError(
    4214,
    'BACKUP LOG cannot be performed because there is no current database backup.',
  );
}

/** Log backups of others since a full backup of that name, oldest first. */
export function logsSince({ instance }: SqlScene, name: string): Backup[] {
  const backups = backupsOf(instance, SSISDB);
  const full = backups.findLastIndex((backup) => backup.type === 'full' && backup.name === name);
  return full === -1
    ? []
    : backups.slice(full + 1).filter(({ type, copyOnly }) => type === 'log' && !copyOnly);
}

/** The restore begins with a full backup, over nothing. */
export function restoreFull(scene: SqlScene, file: string): void {
  const { databases } = scene.instance;
  if (databases[SSISDB]) throw new SqlServerError(50102, 'There is a database SSISDB on this instance.');
  const { family, catalog, position, name } = requireBackup(scene, file, 'full');
  databases[SSISDB] = {
    name: SSISDB,
    state: 'RESTORING',
    recovery: 'FULL',
    owner: 'sa',
    catalog,
    family,
    position,
    group: null,
    opensByItself: false,
    createdAt: scene.now,
    restoredFrom: { name, rolledForward: false },
  };
}

/**
 * Source: *Database engine events and errors*: 4305 the log begins too late to be applied, 4326 it ends too
 * early, 3104 and 4306 the database does not wait for a log.
 */
export function restoreLog(scene: SqlScene, file: string): void {
  const database = scene.instance.databases[SSISDB];
  if (database?.state !== 'RESTORING' || database.group) {
    throw new SqlServerError(
      database?.group ? 3104 : 4306,
      'The log cannot be restored: SSISDB does not wait for it.',
    );
  }
  const { from, position, name } = requireBackup(scene, file, 'log');
  if (from > database.position) {
    throw new SqlServerError(
      4305,
      `The log in this backup set begins at ${from}, which is too recent to apply.`,
    );
  }
  if (position < database.position) {
    throw new SqlServerError(
      4326,
      `The log in this backup set terminates at ${position}, which is too early.`,
    );
  }
  database.position = position;
  database.restoredFrom = { name: database.restoredFrom?.name ?? name, rolledForward: true };
}

/**
 * Joins the restored copy. Answers false where it is too far behind the log of the primary (1412, 1478).
 *
 * Source: *Join a secondary database to an availability group*; domain facts, 4.2: 35250 where the endpoints
 * do not talk.
 */
export function joinCopy(scene: SqlScene, name: string): boolean {
  const database = scene.instance.databases[SSISDB];
  if (!database) throw new SqlServerError(911, `Database '${SSISDB}' does not exist.`);
  if (database.group) return true;
  const group = requireGroup(scene.estate, name);
  if (!replicaOf(group, nameOf(scene))?.joined || !group.databases.includes(SSISDB)) {
    throw new SqlServerError(
      15151,
      `Cannot alter the availability group '${name}', because it does not exist.`,
    );
  }
  if (database.state !== 'RESTORING') {
    throw new SqlServerError(
      1416,
      `Database "${SSISDB}" is not configured for joining: it is ${database.state}.`,
    );
  }
  const primary = runningEngine(scene.estate, group.primary);
  if (!primary || !talk(scene.estate, group.primary, nameOf(scene))) {
    throw new SqlServerError(35250, 'The connection to the primary replica is not active.');
  }
  const source = primary.instance.databases[SSISDB];
  const chain = source ? logChainOf(primary.instance, source) : [];
  const truncatedTo = chain.findLast(({ type }) => type === 'log')?.position ?? 0;
  if (!database.restoredFrom?.rolledForward || truncatedTo > database.position) return false;
  database.group = name;
  database.state = 'ONLINE';
  database.position = source?.position ?? database.position;
  return true;
}

/** How a secondary is doing, as the primary's views tell it. Source: *sys.dm_hadr_database_replica_states*. */
export function healthOf({ estate }: SqlScene, group: AvailabilityGroup, server: string) {
  const replica = replicaOf(group, server);
  if (!replica) return null;
  const engine = runningEngine(estate, server);
  const copy = engine?.instance.databases[SSISDB];
  const isJoined = copy?.group === group.name;
  const isConnected = replica.joined && (isPrimary(group, server) || talk(estate, group.primary, server));
  const isSynchronous = replica.availabilityMode === 'SYNCHRONOUS_COMMIT';
  const flows = isConnected && isJoined && copy?.state === 'ONLINE' && !replica.suspended;
  const ready = flows && isSynchronous && isSynchronized(estate, group, server);
  return {
    availabilityMode: replica.availabilityMode,
    replicaJoined: replica.joined,
    connection: isConnected ? 'CONNECTED' : 'DISCONNECTED',
    databaseJoined: isJoined,
    failoverReady: ready,
    synchronization: ready ? 'SYNCHRONIZED' : flows ? 'SYNCHRONIZING' : 'NOT SYNCHRONIZING',
    health: flows && (ready || !isSynchronous) ? 'HEALTHY' : 'NOT_HEALTHY',
    suspended: replica.suspended,
  };
}

/** SSISDB where it can be changed: online, and primary if it is in a group. */
export function requireWritable(scene: SqlScene): Database {
  const database = scene.instance.databases[SSISDB];
  if (!database) throw new SqlServerError(911, `Database '${SSISDB}' does not exist.`);
  const group = database.group ? scene.estate.groups[database.group] : undefined;
  if (group && !isPrimary(group, nameOf(scene))) {
    throw new SqlServerError(50101, 'SSISDB is not primary on this instance.');
  }
  if (database.state === 'ONLINE') return database;
  throw new SqlServerError(927, `Database '${SSISDB}' cannot be opened. It is in the middle of a restore.`, {
    severity: 14,
  });
}

function requireBackup(scene: SqlScene, path: string, type: BackupFile['type']): BackupFile {
  const file = readFrom(scene, path);
  if (!file) throw cannotOpen(path, 2);
  const content = JSON.parse(file.content) as BackupFile;
  if (content.type === type) return content;
  throw new SqlServerError(3118, `The backup set in '${path}' is no ${type} backup.`);
}

function readFrom(scene: SqlScene, path: string) {
  return asEngine(scene, path, (engine) => readFile(engine, path));
}

/** The file of a backup that is no copy stays: what follows rests on it. */
function writeAsEngine(scene: SqlScene, path: string, content: string, stays: boolean): void {
  asEngine(scene, path, (engine) => {
    writeFile(engine, path, content);
    const file = readFile(engine, path);
    if (file && stays) file.residue = true;
  });
}

/** The engine reads and writes as its own account, and reports what Windows answered. */
function asEngine<Result>(scene: SqlScene, path: string, work: (engine: SqlScene) => Result): Result {
  const account = scene.host.services[engineService(scene.instance)]?.account ?? '';
  try {
    return work({ ...scene, account });
  } catch (error) {
    if (error instanceof PowerShellRefusal) throw cannotOpen(path, error.hresult & 0xffff);
    throw error;
  }
}

function cannotOpen(path: string, windowsError: number): SqlServerError {
  return new SqlServerError(
    3201,
    `Cannot open backup device '${path}'. Operating system error ${windowsError}.`,
  );
}
