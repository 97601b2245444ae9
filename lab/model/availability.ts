import { SqlServerError } from '../tds/sql-server-error.ts';
import { endUnexpectedly } from './catalog.ts';
import type { Estate } from './estate.ts';
import type { AvailabilityGroup } from './estate/availability-group.ts';
import type { Database, Instance } from './estate/engine.ts';
import type { Host } from './estate/host.ts';
import { masterKeyOpens } from './master-key.ts';
import { bringNamesOnline, stateOf } from './network-names.ts';

/** An engine and the machine that it runs on. */
export interface Engine {
  readonly host: Host;
  readonly instance: Instance;
}

/** The engine behind a server name; null when there is none. Names know no case. */
export function engineNamed(estate: Estate, server: string): Engine | null {
  for (const host of Object.values(estate.hosts)) {
    for (const instance of Object.values(host.instances)) {
      const name = instance.name === 'MSSQLSERVER' ? host.name : `${host.name}\\${instance.name}`;
      if (name.toLowerCase() === server.toLowerCase()) return { host, instance };
    }
  }
  return null;
}

/** The engine behind a server name, if it runs on a machine that is up. */
export function runningEngine(estate: Estate, server: string): Engine | null {
  const engine = engineNamed(estate, server);
  return engine?.instance.running && engine.host.restartingUntil === null ? engine : null;
}

/**
 * Whether a replica's copies are SYNCHRONIZED: joined, synchronous, not suspended, and both engines talk.
 *
 * Source: *sys.dm_hadr_database_replica_states*, synchronization_state.
 */
export function isSynchronized(estate: Estate, group: AvailabilityGroup, server: string): boolean {
  if (group.resolving) return false;
  return isPrimary(group, server)
    ? runningEngine(estate, server) !== null
    : runningEngine(estate, group.primary) !== null && couldTakeOver(estate, group, server);
}

/**
 * Makes a replica the primary: the failover without loss, as ALTER AVAILABILITY GROUP … FAILOVER does it.
 * Throws 41142 where the replica is not ready.
 *
 * Source: *Perform a planned manual failover of an availability group*; domain facts, R3: 41142.
 */
export function failOver(estate: Estate, group: AvailabilityGroup, target: string): void {
  if (isPrimary(group, target)) return;
  if (group.resolving || !isSynchronized(estate, group, target)) throw notReady(group, target);
  becomePrimary(estate, group, target);
}

/**
 * What the cluster does by itself when the primary is lost: only where both replicas have the automatic mode
 * and the second was synchronized until then. Answers whether anyone took over.
 *
 * Source: *Failover and failover modes*, Conditions required for an automatic failover.
 */
export function failOverByItself(estate: Estate, group: AvailabilityGroup): boolean {
  const automatic = (server: string) => replicaOf(group, server)?.failoverMode === 'AUTOMATIC';
  if (!automatic(group.primary)) return false;
  const heirs = Object.values(group.replicas).map(({ server }) => server);
  const heir = heirs.find(
    (server) => !isPrimary(group, server) && automatic(server) && couldTakeOver(estate, group, server),
  );
  if (heir === undefined) return false;
  becomePrimary(estate, group, heir);
  return true;
}

export function isPrimary(group: AvailabilityGroup, server: string): boolean {
  return group.resolving !== true && group.primary.toLowerCase() === server.toLowerCase();
}

export function replicaOf(
  group: AvailabilityGroup,
  server: string,
): AvailabilityGroup['replicas'][string] | null {
  const wanted = server.toLowerCase();
  return Object.values(group.replicas).find((replica) => replica.server.toLowerCase() === wanted) ?? null;
}

/** The database of a group on one engine; null when it is not there or not a member. */
export function memberDatabase(
  { instance }: Engine,
  group: AvailabilityGroup,
  name: string,
): Database | null {
  const database = instance.databases[name];
  return database?.group === group.name ? database : null;
}

/** As far as the replica itself is concerned; the primary may be gone. */
function couldTakeOver(estate: Estate, group: AvailabilityGroup, server: string): boolean {
  const replica = replicaOf(group, server);
  const engine = runningEngine(estate, server);
  if (!replica?.joined || replica.suspended || !engine?.instance.live.hadrEnabled) return false;
  if (replica.availabilityMode !== 'SYNCHRONOUS_COMMIT' || engine.instance.endpoint?.state !== 'STARTED')
    return false;
  return group.databases.every((name) => memberDatabase(engine, group, name)?.state === 'ONLINE');
}

function becomePrimary(estate: Estate, group: AvailabilityGroup, server: string): void {
  const engine = engineNamed(estate, server);
  const replica = replicaOf(group, server);
  if (!engine || !replica) throw notReady(group, server);
  group.primary = replica.server;
  const role = estate.cluster?.groups[group.name];
  if (role) {
    role.owner = engine.host.name;
    bringNamesOnline(estate, role);
    role.state = stateOf(role);
  }
  for (const name of group.databases) {
    const database = memberDatabase(engine, group, name);
    if (database) openAsPrimary(estate, engine.instance, database);
  }
}

/**
 * The first open as primary: a stored password of the family opens the master key, and the engine encrypts
 * it anew with its own service master key; a wrong one shows only now.
 *
 * The failover monitor then starts the catalog, which ends what it thinks has lost its process.
 *
 * Source: *sp_control_dbmasterkey_password*, remarks; domain facts, 4.5 and 4.7.
 */
function openAsPrimary(estate: Estate, instance: Instance, database: Database): void {
  const catalog = database.catalog === null ? null : estate.catalogs[database.catalog];
  if (!catalog) return;
  const isStored = instance.masterKeyPasswords.some(
    ({ family, password }) => family === database.family && password === catalog.masterKeyPassword,
  );
  if (isStored && !masterKeyOpens(database)) database.opened = { residue: true };
  const watches = Object.values(instance.jobs).some(
    ({ name, enabled }) => enabled && name === 'SSIS Failover Monitor Job',
  );
  if (watches) endUnexpectedly(catalog);
}

function notReady(group: AvailabilityGroup, server: string): SqlServerError {
  return new SqlServerError(
    41142,
    `The availability replica '${server}' of availability group '${group.name}' is not ready to become primary.`,
  );
}
