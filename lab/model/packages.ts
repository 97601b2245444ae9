import type { Estate } from './estate.ts';
import type { Catalog, Execution } from './estate/catalog.ts';
import type { Host } from './estate/host.ts';
import { onlineMaster } from './scale-out.ts';
import { holdsRight, START_PACKAGES } from './user-rights.ts';
import { reportsTo, workerSettings, workersOn, type Worker } from './worker.ts';

/** A package at work on a worker's machine. */
export interface PackageAtWork {
  readonly catalog: string;
  readonly execution: number;
}

/** Simulated minutes that the probe package takes. */
const PACKAGE_MINUTES = 0.2;

/**
 * What Master and workers do by themselves: workers that report for the first time are registered, disabled; tasks
 * that wait are taken by workers that may; what a worker has lost by a restart has ended unexpectedly. Answers how
 * many things happened.
 *
 * Source: domain facts, 9.3 (a new worker is disabled), *Step 10*, in flight.
 */
export function scaleOutGoesOn(estate: Estate, now: number, lasting: (minutes: number) => number): number {
  const lost = Object.values(estate.catalogs).flatMap((catalog) => endLost(estate, catalog));
  const master = onlineMaster(estate);
  if (!master) return lost.length;
  const { catalog } = master;
  const workers = Object.values(estate.hosts).flatMap((host) => workersOn(host));
  const isOnline = (worker: Worker) => reportsTo(estate, worker, master);
  let registered = 0;
  for (const worker of workers) {
    // Most are known: whether they report is asked of no more workers than it matters of.
    if (!isNew(catalog, worker) || !isOnline(worker)) continue;
    register(catalog, worker, now);
    registered += 1;
  }
  const waiting = Object.values(catalog.executions).filter(({ status }) => status === PENDING);
  const online = waiting.length === 0 ? [] : workers.filter(isOnline);
  const taken = waiting.filter((execution) => take(catalog, execution, online, { now, lasting }));
  return lost.length + registered + taken.length;
}

/** A restart of the worker's service cuts what it runs. Source: domain facts, 9.3. */
export function cutPackages(host: Host): void {
  host.processes = host.processes.filter(({ kind }) => kind !== PACKAGE);
}

export const PENDING = 5;
export const RUNNING = 2;
const ENDED_UNEXPECTEDLY = 6;
const PACKAGE = 'package';

function endLost(estate: Estate, catalog: Catalog): Execution[] {
  const running = Object.values(catalog.executions).filter(({ status }) => status === RUNNING);
  if (running.length === 0) return [];
  const atWork = Object.values(estate.hosts)
    .flatMap(({ processes }) => processes)
    .filter(({ kind }) => kind === PACKAGE)
    .map(({ parameters }) => (parameters as PackageAtWork).execution);
  const lost = running.filter(({ id, workers }) => workers !== undefined && !atWork.includes(id));
  for (const execution of lost) execution.status = ENDED_UNEXPECTEDLY;
  return lost;
}

function idOf(worker: Worker): string {
  return workerSettings(worker)?.AgentId.toLowerCase() ?? '';
}

/** Whoever reports first keeps the id; a copy of that machine finds it taken. */
function isNew(catalog: Catalog, worker: Worker): boolean {
  const id = idOf(worker);
  return id !== '' && !catalog.workers[id];
}

function register(catalog: Catalog, worker: Worker, now: number): void {
  const id = idOf(worker);
  catalog.workers[id] = {
    id,
    machineName: worker.host.name,
    enabled: false,
    userAccount: worker.service.account,
    lastOnlineAt: now,
    residue: true,
  };
}

interface Moment {
  readonly now: number;
  readonly lasting: (minutes: number) => number;
}

function take(
  catalog: Catalog,
  execution: Execution,
  online: readonly Worker[],
  { now, lasting }: Moment,
): boolean {
  const taker = online.find((worker) => {
    const id = idOf(worker);
    if (!holdsRight(worker.host, START_PACKAGES, worker.service.account)) return false;
    return catalog.workers[id]?.enabled === true && (execution.anyWorker || execution.workers?.includes(id));
  });
  if (!taker) return false;
  execution.status = RUNNING;
  execution.worker = idOf(taker);
  execution.startedAt = now;
  execution.endsAt = now + lasting(PACKAGE_MINUTES);
  const parameters: PackageAtWork = { catalog: catalog.id, execution: execution.id };
  taker.host.processes.push({ id: execution.id, kind: PACKAGE, endsAt: execution.endsAt, parameters });
  return true;
}
