import type { StepTask } from '../../workflows/contract.ts';
import { OperatorError, TransientError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { homeTarget } from '../primary.ts';
import type { SqlResult } from '../scripts/index.ts';

/** A host's worker as the catalog knows it. */
export interface WorkerView {
  readonly home: SqlTarget;
  readonly load: NonNullable<SqlResult<'getWorkerLoad'>['worker']>;
}

/** Null where no worker runs on the host, or the catalog does not know it. */
export async function seeWorker(ports: Ports, task: StepTask): Promise<WorkerView | null> {
  const { isRunning } = await ports.powershell.run('getWorkerService', {});
  return isRunning ? knownWorker(ports, task) : null;
}

/** As `seeWorker`, also while its service is still starting. */
export async function knownWorker(ports: Ports, { host, access }: StepTask): Promise<WorkerView | null> {
  const { nodes, domain, instance } = access;
  const home = await homeTarget(ports, { nodes, domain, port: instance.port });
  const { worker } = await ports.sql.run('getWorkerLoad', { machine: host }, home);
  return worker ? { home, load: worker } : null;
}

/** Packages would have nowhere to run. */
export function refuseWhereNoWorkerWouldBeLeft({ load }: WorkerView, host: string): void {
  if (!load.isEnabled || load.othersOnline > 0) return;
  throw new OperatorError(
    `${host} is the last worker that is enabled and online`,
    'Bring another worker online and enable it, then retry.',
  );
}

/**
 * Lets the worker end what it holds and take nothing more. It is never disabled while it holds a task: the
 * catalog would refuse the task's final status.
 *
 * Source: SSISDB, text of `internal.update_task_status`: error 27252; domain facts, C9, *A worker*.
 */
export async function pauseWorker(ports: Ports, { home, load }: WorkerView, host: string): Promise<void> {
  if (!load.isEnabled) return;
  if (load.tasks > 0) throw new TransientError(`The worker on ${host} holds ${load.tasks} tasks`, 'busy', 15);
  await ports.sql.run('pauseWorker', { id: load.id }, home);
  const { worker } = await ports.sql.run('getWorkerLoad', { machine: host }, home);
  if (worker?.isEnabled)
    throw new TransientError(`The worker on ${host} has just been given a task`, 'busy', 15);
}
