import type { SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { engineNamed, isPrimary, replicaOf, runningEngine, type Engine } from './availability.ts';
import { logChainOf } from './backups.ts';
import { AVAILABILITY_GROUP } from './cluster.ts';
import { takeComputerOffline } from './computers.ts';
import { engineService } from './engine.ts';
import type { Estate } from './estate.ts';
import type { AvailabilityGroup, Replica } from './estate/availability-group.ts';
import type { ClusterGroup, ClusterResource } from './estate/cluster.ts';
import type { Database, Instance } from './estate/engine.ts';
import type { Host } from './estate/host.ts';
import { sameName } from './same-name.ts';

export const SSISDB = 'SSISDB';

/** How a replica is asked for. */
type ReplicaSpec = Pick<Replica, 'server' | 'endpointUrl'> & {
  readonly availabilityMode: string;
  readonly failoverMode: string;
};

/** @@SERVERNAME of an engine. */
export function nameOf({ host, instance }: { readonly host: Host; readonly instance: Instance }): string {
  return instance.name.toUpperCase() === 'MSSQLSERVER' ? host.name : `${host.name}\\${instance.name}`;
}

/**
 * Makes a group with SSISDB in it and the scene's engine as its primary.
 *
 * Source: *CREATE AVAILABILITY GROUP*, prerequisites and restrictions; *Database engine events and errors*:
 * 35221 Always On is off, 41042 the name is taken, 35237 no replica is this instance, 1465 not in full
 * recovery, 1469 automatic closing, 1475 no backup since, 35233 too many replicas of a kind.
 */
export function createGroup(scene: SqlScene, name: string, specs: readonly ReplicaSpec[]): void {
  const { estate, instance } = scene;
  requireAlwaysOn(instance);
  if (!estate.cluster) throw new SqlServerError(41008, 'There is no cluster.');
  if (estate.groups[name])
    throw new SqlServerError(41042, `The availability group '${name}' already exists.`);
  const own = nameOf(scene);
  if (!specs.some(({ server }) => sameName(server, own))) {
    throw new SqlServerError(
      35237,
      `None of the specified replicas for availability group ${name} maps to ${own}.`,
    );
  }
  requireFewSynchronous(instance, name, specs);
  const database = requireEligible(instance);
  const replicas = specs.map((spec) => [spec.server, replicaFrom(spec, sameName(spec.server, own))] as const);
  estate.groups[name] = {
    name,
    id: `group-${scene.nextId()}`,
    owner: scene.login,
    primary: own,
    replicas: Object.fromEntries(replicas),
    databases: [SSISDB],
    listener: null,
  };
  database.group = name;
  estate.cluster.groups[name] = roleOf(name, scene.host.name);
}

/** The group as the cluster sees it. */
function roleOf(name: string, owner: string): ClusterGroup {
  return {
    name,
    type: AVAILABILITY_GROUP,
    state: 'Online',
    owner,
    preferredOwners: [],
    failback: false,
    resources: { [name]: resource(name, 'SQL Server Availability Group', {}) },
  };
}

/** Source: *ALTER AVAILABILITY GROUP*, JOIN: 15151 no such group, 41158 this instance is none of its replicas. */
export function joinGroup(scene: SqlScene, name: string): void {
  requireAlwaysOn(scene.instance);
  const group = requireGroup(scene.estate, name);
  const replica = replicaOf(group, nameOf(scene));
  if (!replica) {
    throw new SqlServerError(
      41158,
      `Failed to join local availability replica to availability group '${name}'.`,
    );
  }
  if (replica.joined) return;
  replica.joined = true;
  replica.owner = scene.login;
}

export function addReplica(scene: SqlScene, name: string, spec: ReplicaSpec): void {
  const group = requirePrimaryOf(scene, name);
  requireFewSynchronous(scene.instance, name, [...Object.values(group.replicas), spec]);
  group.replicas[spec.server] = replicaFrom(spec, false);
}

/** The copies of a replica that is removed stay behind, waiting for more. */
export function removeReplica(scene: SqlScene, name: string, server: string): void {
  const group = requirePrimaryOf(scene, name);
  const replica = replicaOf(group, server);
  if (!replica) return;
  const engine = engineNamed(scene.estate, server);
  if (engine) leave(group, engine);
  delete group.replicas[replica.server];
}

/** Source: *ALTER AVAILABILITY GROUP*, REMOVE DATABASE: online at the primary, waiting on the others. */
export function removeDatabase(scene: SqlScene, name: string): void {
  const group = requirePrimaryOf(scene, name);
  for (const engine of enginesOf(scene.estate, group)) leave(group, engine);
  group.databases = group.databases.filter((database) => database !== SSISDB);
}

export function addDatabase(scene: SqlScene, name: string): void {
  const group = requirePrimaryOf(scene, name);
  requireEligible(scene.instance).group = name;
  group.databases.push(SSISDB);
}

export function dropGroup(scene: SqlScene, name: string): void {
  const { estate } = scene;
  const group = estate.groups[name];
  if (!group) return;
  if (group.databases.length > 0) {
    throw new SqlServerError(50102, 'The availability group still holds databases.');
  }
  requirePrimaryOf(scene, name);
  if (group.listener) takeComputerOffline(estate, group.listener.name);
  delete estate.groups[name];
  if (estate.cluster) delete estate.cluster.groups[name];
}

export function requireGroup(estate: Estate, name: string): AvailabilityGroup {
  const group = estate.groups[name];
  if (group) return group;
  throw new SqlServerError(
    15151,
    `Cannot alter the availability group '${name}', because it does not exist.`,
  );
}

/** Every changing script tests this itself, since a failover may have come between look and change. */
export function requirePrimaryOf(scene: SqlScene, name: string): AvailabilityGroup {
  const group = requireGroup(scene.estate, name);
  if (isPrimary(group, nameOf(scene))) return group;
  throw new SqlServerError(50101, 'This instance is not the primary of the availability group.');
}

/**
 * Whether two engines' endpoints talk: both started, and each lets the other's account in. Sharing one
 * account gives no right to connect.
 *
 * Source: *Troubleshoot Always On availability groups configuration*, endpoints and endpoint access.
 */
export function talk(estate: Estate, one: string, other: string): boolean {
  const engines = [runningEngine(estate, one), runningEngine(estate, other)] as const;
  const [first, second] = engines;
  return first !== null && second !== null && lets(estate, first, second) && lets(estate, second, first);
}

/** What an account without a name in the directory is to other machines: the machine itself. */
function networkAccount(estate: Estate, { host, instance }: Engine): string {
  const account = host.services[engineService(instance)]?.account ?? '';
  return /^(NT SERVICE|NT AUTHORITY)\\|^LocalSystem$/i.test(account)
    ? `${estate.directory.netbios}\\${host.name}$`
    : account;
}

export function resource(
  name: string,
  type: string,
  parameters: Record<string, string | number>,
): ClusterResource {
  return { name, type, state: 'Online', possibleOwners: [], parameters, dependsOn: [] };
}

function lets(estate: Estate, { host, instance }: Engine, caller: Engine): boolean {
  const { endpoint } = instance;
  if (endpoint?.state !== 'STARTED' || !isCalled(estate, nameOf({ host, instance }), endpoint.port))
    return false;
  const account = networkAccount(estate, caller);
  return endpoint.connectGrants.some((granted) => sameName(granted, account));
}

/** Replicas call one another by the URLs of the group: at another port nobody is called. */
function isCalled(estate: Estate, server: string, port: number): boolean {
  const urls = Object.values(estate.groups).flatMap((group) => replicaOf(group, server)?.endpointUrl ?? []);
  return urls.length === 0 || urls.some((url) => url.endsWith(`:${port}`));
}

function leave(group: AvailabilityGroup, engine: Engine): void {
  const database = engine.instance.databases[SSISDB];
  if (database?.group !== group.name) return;
  database.group = null;
  if (!isPrimary(group, nameOf(engine))) database.state = 'RESTORING';
}

function enginesOf(estate: Estate, group: AvailabilityGroup): Engine[] {
  return Object.values(group.replicas).flatMap(({ server }) => engineNamed(estate, server) ?? []);
}

function replicaFrom(
  { server, endpointUrl, availabilityMode, failoverMode }: ReplicaSpec,
  joined: boolean,
): Replica {
  return {
    server,
    endpointUrl,
    availabilityMode: availabilityMode === 'SYNCHRONOUS_COMMIT' ? availabilityMode : 'ASYNCHRONOUS_COMMIT',
    failoverMode: failoverMode === 'AUTOMATIC' ? failoverMode : 'MANUAL',
    joined,
    suspended: false,
  };
}

function requireAlwaysOn(instance: Instance): void {
  if (instance.live.hadrEnabled) return;
  throw new SqlServerError(
    35221,
    'Always On availability groups is disabled on this instance of SQL Server.',
  );
}

function requireEligible(instance: Instance): Database {
  const database = instance.databases[SSISDB];
  if (!database) throw new SqlServerError(911, `Database '${SSISDB}' does not exist.`);
  if (database.group) throw new SqlServerError(50101, 'SSISDB belongs to an availability group already.');
  if (database.recovery !== 'FULL')
    throw new SqlServerError(1465, `The "${SSISDB}" database is not in full recovery mode.`);
  if (database.autoClose) throw new SqlServerError(1469, `Database "${SSISDB}" is an auto-close database.`);
  if (logChainOf(instance, database).length === 0) {
    throw new SqlServerError(
      1475,
      `Database "${SSISDB}" might contain changes that have not been backed up.`,
    );
  }
  return database;
}

/** Source: *Differences between availability modes*: three synchronous replicas up to 2017, five from 2019 on. */
function requireFewSynchronous({ version }: Instance, name: string, specs: readonly ReplicaSpec[]): void {
  const limit = version.startsWith('14.') ? 3 : 5;
  const synchronous = specs.filter(({ availabilityMode }) => availabilityMode === 'SYNCHRONOUS_COMMIT');
  if (synchronous.length <= limit) return;
  throw new SqlServerError(
    35233,
    `Availability group ${name} cannot have ${synchronous.length} synchronous replicas: the maximum is ${limit}.`,
  );
}
