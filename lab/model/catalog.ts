import { createHash } from 'node:crypto';
import type { Scene, SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { HalfDone } from '../scene.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Database, Instance, Login } from './estate/engine.ts';
import { masterKeyOpens } from './master-key.ts';

/** What making a catalog needs of its surroundings. */
type Making = Pick<Scene, 'nextId' | 'seal'>;

export const LOG_LOGIN = '##MS_SSISLogDBWorkerAgentLogin##';
const LOG_USER = '##MS_SSISLogDBWorkerAgentUser##';
const CLEANUP_LOGIN = '##MS_SSISServerCleanupJobLogin##';
const CLEANUP_USER = '##MS_SSISServerCleanupJobUser##';
const MAINTENANCE_JOB = 'SSIS Server Maintenance Job';

/** Every SSISDB is restored from the product's own backup, so all of a version are of one family. */
const FAMILY = '2f8c1f4e-6f1d-4c57-9a7e-0b5f0d1a7c33';

/**
 * Restores the product's backup as SSISDB and makes what belongs to it on this engine: master key, trusted
 * assembly, startup procedure, clean-up login and maintenance job.
 *
 * Source: text of the catalog's creation script; domain facts, 2.4. Error 27135: it exists.
 */
export function makeCatalog(
  instance: Instance,
  owner: string,
  password: string,
  making: Making,
): { readonly database: Database; readonly catalog: Catalog } {
  if (instance.databases['SSISDB']) {
    throw new SqlServerError(
      27135,
      "The database, 'SSISDB', already exists. Rename or remove the existing database.",
    );
  }
  const id = `catalog-${making.nextId()}`;
  const login = sqlLogin(CLEANUP_LOGIN, making, {
    disabled: true,
    permissions: ['VIEW SERVER STATE'],
  });
  instance.logins[CLEANUP_LOGIN.toLowerCase()] = login;
  instance.startupProcedures.push('sp_ssis_startup');
  instance.trustedAssemblies.push(trustedAssembly(instance));
  instance.jobs[MAINTENANCE_JOB] = {
    name: MAINTENANCE_JOB,
    enabled: true,
    owner: CLEANUP_LOGIN,
    text: 'EXEC [SSISDB].[internal].[cleanup_server_retention_window]; EXEC [SSISDB].[internal].[cleanup_server_project_version];',
  };
  const catalog = freshCatalog(id, making.seal(password), instance.version);
  catalog.users[CLEANUP_USER] = { name: CLEANUP_USER, sid: login.sid, roles: [] };
  const database: Database = {
    name: 'SSISDB',
    state: 'ONLINE',
    recovery: 'SIMPLE',
    owner,
    catalog: id,
    family: FAMILY,
    position: 1,
    group: null,
    opensByItself: true,
  };
  instance.databases['SSISDB'] = database;
  return { database, catalog };
}

/** Takes SSISDB and what its creation made from an engine; the catalog's content goes with it. */
export function dropCatalog(instance: Instance, catalogs: Record<string, Catalog>): void {
  const { catalog } = instance.databases['SSISDB'] ?? {};
  if (catalog) delete catalogs[catalog];
  delete instance.databases['SSISDB'];
  delete instance.jobs[MAINTENANCE_JOB];
  delete instance.logins[CLEANUP_LOGIN.toLowerCase()];
  instance.startupProcedures = instance.startupProcedures.filter((name) => name !== 'sp_ssis_startup');
  instance.trustedAssemblies = instance.trustedAssemblies.filter((text) => !text.startsWith(ASSEMBLY));
}

/**
 * What `catalog.enable_scaleout` does, in its own order: the log connection is overwritten first, with the
 * local server and a new random password, and only then what can stop it. Login and user of the log are
 * dropped and made anew, with another SID.
 *
 * Source: text of `catalog.enable_scaleout`. Errors 27260, 15581, 27261, 15434.
 */
export function enableScaleOut(scene: SqlScene, catalog: Catalog, server: string, suffix: string): void {
  const { host, instance, login } = scene;
  if (!isSysadmin(instance, login)) {
    throw new SqlServerError(27260, 'The current login is not a member of sysadmin.');
  }
  requireKey(instance.databases['SSISDB']);
  const password = randomText(`log ${scene.nextId()}`);
  catalog.masterProperties['CLUSTER_LOGDB_SERVER'] = server;
  catalog.logConnection = scene.seal(
    `Data Source=${server};Initial Catalog=SSISDB;User Id=${LOG_LOGIN};Password='${password}';`,
  );
  if (host.registry[masterVersionKey(suffix)] === undefined) {
    throw new HalfDone(new SqlServerError(27261, 'The Scale Out Master is not installed on this server.'));
  }
  const service = `NT Service\\SSISScaleOutMaster${suffix}`;
  instance.logins[service.toLowerCase()] ??= windowsLogin(service);
  const sid = instance.logins[service.toLowerCase()]?.sid ?? '';
  catalog.users[`SSISScaleOutMasterUser${suffix}`] = {
    name: `SSISScaleOutMasterUser${suffix}`,
    sid,
    roles: ['ssis_admin'],
  };
  const log = { ...sqlLogin(LOG_LOGIN, scene, {}), password: scene.seal(password) };
  instance.logins[LOG_LOGIN.toLowerCase()] = log;
  catalog.users[LOG_USER] = { name: LOG_USER, sid: log.sid, roles: ['ssis_cluster_worker'] };
  for (const name of MASTER_ROWS) catalog.masterProperties[name] ??= '';
  catalog.masterProperties['IS_SCALEOUT_ENABLED'] = 'TRUE';
}

/** Rows that the Master and the update procedures later only update. Source: *catalog.master_properties*. */
const MASTER_ROWS = [
  'LAST_ONLINE_TIME',
  'MACHINE_IP',
  'MACHINE_NAME',
  'MASTER_ADDRESS',
  'MASTER_SERVICE_PORT',
  'SSLCERT_THUMBPRINT',
] as const;

/** `catalog.startup`: what is pending or running without a local process has ended unexpectedly. */
export function endUnexpectedly(catalog: Catalog): void {
  for (const execution of Object.values(catalog.executions)) {
    if (execution.status === 2 || execution.status === 5) execution.status = 6;
  }
}

/** Source: domain facts, R3: 15581, the master key does not open by itself here. */
export function requireKey(database: Database | undefined): void {
  if (masterKeyOpens(database)) return;
  throw new SqlServerError(
    15581,
    'Please create a master key in the database or open the master key in the session.',
  );
}

export function isSysadmin({ logins }: Instance, login: string): boolean {
  return logins[login.toLowerCase()]?.serverRoles.includes('sysadmin') ?? false;
}

export function masterVersionKey(suffix: string): string {
  return `HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\${suffix}\\DTS\\Setup\\SQL_IS_Master\\Version`;
}

/** The identity of a catalog's master key: another catalog has another. */
export function masterKeyId({ id, masterKeyPassword }: Catalog): string {
  return guidOf(`master key ${id} ${masterKeyPassword}`);
}

export function windowsLogin(name: string, serverRoles: string[] = []): Login {
  const sid = `0x${Buffer.from(name.toLowerCase()).toString('hex')}`;
  return {
    name,
    kind: 'windows',
    sid,
    password: null,
    disabled: false,
    checkPolicy: false,
    serverRoles,
    permissions: [],
  };
}

function sqlLogin(name: string, making: Making, more: Partial<Login>): Login {
  const id = making.nextId();
  return {
    name,
    kind: 'sql',
    sid: `0x${digest(`${name} ${id}`).slice(0, 32).toUpperCase()}`,
    password: making.seal(randomText(`${name} ${id}`)),
    disabled: false,
    checkPolicy: false,
    serverRoles: [],
    permissions: [],
    ...more,
  };
}

/** Source: *SSIS Catalog*, catalog properties and their defaults. */
function freshCatalog(id: string, masterKeyPassword: string, version: string): Catalog {
  return {
    id,
    masterKeyPassword,
    properties: {
      DEFAULT_EXECUTION_MODE: '0',
      ENCRYPTION_ALGORITHM: 'AES_256',
      MAX_PROJECT_VERSIONS: '10',
      OPERATION_CLEANUP_ENABLED: 'TRUE',
      RETENTION_WINDOW: '365',
      SCHEMA_BUILD: version,
      SCHEMA_VERSION: '7',
      SERVER_LOGGING_LEVEL: '1',
      SERVER_OPERATION_ENCRYPTION_LEVEL: '1',
      VALIDATION_TIMEOUT: '300',
      VERSION_CLEANUP_ENABLED: 'TRUE',
    },
    masterProperties: {},
    logConnection: null,
    users: {},
    alwaysOnReplicas: {},
    workers: {},
    folders: {},
    executions: {},
  };
}

const ASSEMBLY = 'Microsoft.SqlServer.IntegrationServices.Server,';

function trustedAssembly({ version }: Instance): string {
  const [major = '16'] = version.split('.');
  return `${ASSEMBLY} version=${major}.0.0.0, culture=neutral, publickeytoken=89845dcd8080cc91, processorarchitecture=msil`;
}

function randomText(seed: string): string {
  return createHash('sha256')
    .update(seed)
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, 'x');
}

export function guidOf(seed: string): string {
  const hex = digest(seed);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)]
    .join('-')
    .toUpperCase();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
