import type { SqlScene } from '../scene.ts';
import { serverNameOf } from './engine.ts';
import type { Catalog, Execution } from './estate/catalog.ts';
import { PENDING } from './packages.ts';
import { workerIsOnline } from './worker.ts';

/** Executions of the probe package whose evidence begins alike. */
export interface ProbesMeant {
  readonly folder: string;
  readonly project: string;
  readonly prefix: string;
}

/** What the catalog shows of them, with the workers that do not report. */
export function proofsIn(scene: SqlScene, catalog: Catalog, meant: ProbesMeant) {
  const silent = Object.values(catalog.workers)
    .filter(({ enabled, machineName }) => enabled && !workerIsOnline(scene.estate, machineName))
    .map(({ machineName }) => ({ machine: machineName }));
  return probesIn(catalog, meant).map(({ id, parameters, status, messages, worker, server }) => ({
    id: String(id),
    evidence: parameters?.['Evidence'] ?? '',
    status,
    messages,
    worker: worker === null ? null : (catalog.workers[worker]?.machineName ?? null),
    server: server ?? '',
    silent,
  }));
}

export function probesIn(catalog: Catalog, { folder, project, prefix }: ProbesMeant): Execution[] {
  return Object.values(catalog.executions).filter(
    (execution) =>
      execution.folder === folder &&
      execution.project === project &&
      execution.parameters?.['Evidence']?.startsWith(prefix),
  );
}

/** One execution of the probe package that is asked for. */
export interface ProbeAsked {
  readonly folder: string;
  readonly project: string;
  readonly evidence: string;
  readonly agentId: string | null;
}

/** An execution as it waits for its worker. */
export function newProbe(
  { host, instance }: SqlScene,
  id: number,
  { folder, project, evidence, agentId }: ProbeAsked,
): Execution {
  return {
    id,
    folder,
    project,
    package: 'Probe.dtsx',
    status: PENDING,
    worker: null,
    anyWorker: agentId === null,
    startedAt: null,
    endsAt: null,
    messages: 0,
    machine: host.name,
    server: serverNameOf(host, instance),
    workers: agentId === null ? [] : [agentId.toLowerCase()],
    parameters: { Evidence: evidence },
    residue: true,
  };
}
