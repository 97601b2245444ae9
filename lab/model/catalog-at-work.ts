import type { SqlScene } from '../scene.ts';
import { nameOf } from './groups.ts';
import { workerIsOnline } from './worker.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { isPrimary } from './availability.ts';
import type { Estate } from './estate.ts';
import type { Catalog, WorkerAgent } from './estate/catalog.ts';
import type { Host } from './estate/host.ts';

/** The catalog that an instance can read: online, and in no group or primary of it. */
export function readableCatalog({ estate, host, instance }: SqlScene): Catalog | null {
  const database = instance.databases['SSISDB'];
  if (!database?.catalog || database.state !== 'ONLINE') return null;
  const group = database.group ? estate.groups[database.group] : undefined;
  if (group && !isPrimary(group, nameOf({ host, instance }))) return null;
  return estate.catalogs[database.catalog] ?? null;
}

export function requirePrimary(scene: SqlScene): Catalog {
  const catalog = readableCatalog(scene);
  if (catalog) return catalog;
  throw new SqlServerError(50101, 'This instance is not the primary replica of SSISDB.');
}

/** Source: domain facts, R3: 27243, the worker is unknown. */
export function requireWorker(catalog: Catalog, id: string): WorkerAgent {
  const worker = Object.values(catalog.workers).find((agent) => agent.id.toLowerCase() === id.toLowerCase());
  if (worker) return worker;
  throw new SqlServerError(27243, `The worker agent ${id} does not exist.`);
}

export function tasksOf({ executions }: Catalog, worker: string): number {
  return Object.values(executions).filter(
    (execution) => execution.worker === worker && [2, 5].includes(execution.status),
  ).length;
}

export function isOn({ machineName }: Pick<WorkerAgent, 'machineName'>, machine: string): boolean {
  return machineName.split('.')[0]?.toLowerCase() === machine.toLowerCase();
}

/** A worker that reports to the Master has been heard of within minutes. */
export function isAlive(estate: Estate, { machineName }: WorkerAgent): boolean {
  const host = Object.values(estate.hosts).find(({ name }) => isOn({ machineName }, name));
  return host !== undefined && workerIsOnline(estate, host.name);
}

export function runsWorker({ services }: Host): boolean {
  return Object.entries(services).some(
    ([name, { state }]) => name.startsWith('SSISScaleOutWorker') && state === 'Running',
  );
}
