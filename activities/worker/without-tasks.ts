import { TransientError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { homeTarget, type Replicas } from '../primary.ts';

/**
 * Does something that a worker's tasks would not survive: waits until it holds none, lets it take no more for as
 * long, and lets it go on where it went on before. A worker that SSISDB does not know holds no tasks.
 *
 * Throws a TransientError while the worker holds tasks.
 *
 * Source: domain facts, C9, *A worker* (27252: the catalog refuses the end of a task whose worker is disabled).
 */
export async function withoutTasks(
  ports: Ports,
  { host, replicas }: { readonly host: string; readonly replicas: Replicas },
  work: () => Promise<void>,
): Promise<void> {
  const { sql } = ports;
  const target = await homeTarget(ports, replicas);
  const { worker } = await sql.run('getWorkerLoad', { machine: host }, target);
  if (worker !== null) refuseBusy(host, worker.tasks);
  if (worker?.isEnabled) await disableWorker(ports, { host, agentId: worker.id, target });
  await work();
  if (worker?.isEnabled) await sql.run('resumeWorker', { id: worker.id }, target);
}

/**
 * Lets a worker that holds no tasks take no more. Throws a TransientError where it holds some, also where one came
 * in the very moment.
 */
export async function disableWorker(
  { sql }: Pick<Ports, 'sql'>,
  { host, agentId, target }: DisabledWorker,
): Promise<void> {
  const before = await sql.run('getWorkerLoad', { machine: host }, target);
  refuseBusy(host, before.worker?.tasks ?? 0);
  await sql.run('pauseWorker', { id: agentId }, target);
  const after = await sql.run('getWorkerLoad', { machine: host }, target);
  if (after.worker?.isEnabled) refuseBusy(host, Math.max(1, after.worker.tasks));
}

interface DisabledWorker {
  readonly host: string;
  readonly agentId: string;
  readonly target: SqlTarget;
}

function refuseBusy(host: string, tasks: number): void {
  if (tasks === 0) return;
  throw new TransientError(
    `The worker on ${host} holds ${tasks} task${tasks === 1 ? '' : 's'}: they are waited for`,
    'busy',
  );
}
