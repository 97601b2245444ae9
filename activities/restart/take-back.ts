import type { StepTask } from '../../workflows/contract.ts';
import { TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { seeCluster } from './cluster.ts';
import { firstSeen, forgetFirstSeen, type Carried } from './drained.ts';
import { seeGroup } from './group.ts';
import { knownWorker } from './worker.ts';

/**
 * Takes the host back into service as it was before: the node, the failover modes once its replica is
 * synchronized, the worker. Nothing moves back to it.
 *
 * Throws a TransientError while the host is still finding its feet.
 *
 * Source: domain facts, C9, *A node*, 8 to 10, and *A worker*, 6; *Resume-ClusterNode*, -Failback.
 */
export async function takeBack(ports: Ports, task: StepTask, seen: Carried): Promise<void> {
  const carried = await firstSeen(ports, seen);
  if (carried.isMember) await takeNodeBack(ports, task, carried);
  if (carried.failoverModes !== null) await takeReplicaBack(ports, task, carried.failoverModes);
  if (carried.worker !== null) await takeWorkerBack(ports, task, carried.worker);
  await forgetFirstSeen(ports);
}

async function takeNodeBack(ports: Ports, task: StepTask, { wasPaused }: Carried): Promise<void> {
  const before = await seeCluster(ports, task);
  if (!before) throw new TransientError(`The cluster service of ${task.host} is not up yet`, 'busy', 10);
  if (wasPaused) return;
  if (before.isPaused) await ports.powershell.run('resumeNode', {});
  const after = await seeCluster(ports, task);
  if (!after?.isUp) throw new TransientError(`${task.host} is not up in ${before.name} yet`, 'busy', 10);
}

async function takeReplicaBack(
  ports: Ports,
  { host, access }: StepTask,
  modes: NonNullable<Carried['failoverModes']>,
): Promise<void> {
  const group = await seeGroup(ports, access);
  if (!group)
    throw new TransientError(`The engine of ${host} cannot be asked about ${access.group} yet`, 'busy', 10);
  const { own, others, name, primary } = group;
  if (!own.isConnected || !own.isSynchronized || !own.isHealthy) {
    throw new TransientError(`${own.server} is not synchronized and healthy in ${name} yet`, 'busy', 15);
  }
  const current = new Map([own, ...others].map(({ server, failoverMode }) => [server, failoverMode]));
  const changed = modes.filter(({ server, failoverMode }) => current.get(server) !== failoverMode);
  if (changed.length > 0) {
    await ports.sql.run('setFailoverMode', { group: name, replicas: changed }, primary.target);
  }
}

async function takeWorkerBack(ports: Ports, task: StepTask, id: string): Promise<void> {
  const worker = await knownWorker(ports, task);
  if (worker?.load.id !== id || worker.load.isEnabled) return;
  await ports.sql.run('resumeWorker', { id }, worker.home);
}
