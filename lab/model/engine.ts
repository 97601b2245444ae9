import { failOverByItself, isPrimary } from './availability.ts';
import { endUnexpectedly } from './catalog.ts';
import type { Estate } from './estate.ts';
import type { Database, Instance } from './estate/engine.ts';
import type { Host } from './estate/host.ts';
import { holdsRight, LOG_ON } from './user-rights.ts';

/**
 * An engine that starts takes the settings that were waiting for it. One whose certificate is gone, or whose
 * account may not read the key, does not start at all. With the engine starts the catalog, which ends what it
 * thinks has lost its process.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*, certificate requirements; domain
 * facts, C9, *Running packages*.
 */
export function engineStarts(estate: Estate, host: Host, instance: Instance, now: number): void {
  const service = host.services[engineService(instance)];
  instance.running = canLoad(host, instance) && holdsRight(host, LOG_ON, service?.account ?? '');
  if (service) service.state = instance.running ? 'Running' : 'Stopped';
  if (!instance.running) return;
  instance.startedAt = now;
  if (service) service.startedAt = now;
  instance.live = { ...instance.pending };
  instance.port = instance.pending.port ?? portWithoutOne(instance);
  const database = instance.databases['SSISDB'];
  const catalog = database?.catalog ? estate.catalogs[database.catalog] : undefined;
  if (!database || !catalog || !instance.startupProcedures.includes('sp_ssis_startup')) return;
  if (isWritable(estate, host, instance, database)) endUnexpectedly(catalog);
}

/** Stops and starts an engine: a group whose primary it was fails over by itself, where it can. */
export function engineRestarts(estate: Estate, host: Host, instance: Instance, now: number): void {
  instance.running = false;
  for (const group of Object.values(estate.groups)) {
    if (isPrimary(group, serverNameOf(host, instance))) failOverByItself(estate, group);
  }
  engineStarts(estate, host, instance, now);
}

/** The Windows service of an instance. */
export function engineService({ name }: Instance): string {
  return isDefault(name) ? 'MSSQLSERVER' : `MSSQL$${name}`;
}

/** Source: *Configure SQL Server to listen on a specific TCP port*: 1433, or a port of Windows' choice. */
export function portWithoutOne({ name }: Pick<Instance, 'name'>): number {
  return isDefault(name) ? 1433 : DYNAMIC_PORT;
}

const DYNAMIC_PORT = 49_700;

function isDefault(name: string): boolean {
  return name.toUpperCase() === 'MSSQLSERVER';
}

/** @@SERVERNAME of an instance. */
export function serverNameOf(host: Host, { name }: Instance): string {
  return isDefault(name) ? host.name : `${host.name}\\${name}`;
}

function isWritable(estate: Estate, host: Host, instance: Instance, database: Database): boolean {
  const group = database.group === null ? undefined : estate.groups[database.group];
  return database.state === 'ONLINE' && (!group || isPrimary(group, serverNameOf(host, instance)));
}

function canLoad(host: Host, instance: Instance): boolean {
  const wanted = instance.pending.certificate;
  if (wanted === null) return true;
  const account = host.services[engineService(instance)]?.account.toLowerCase();
  return host.certificates.some(
    ({ store, thumbprint, keyReaders }) =>
      store === 'My' &&
      thumbprint === wanted &&
      keyReaders.some((reader) => reader.toLowerCase() === account),
  );
}
