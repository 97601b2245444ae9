import type { Access, StepTask } from '../../workflows/contract.ts';
import { OperatorError, TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { quiesceCatalog } from '../quiesce.ts';
import { refuseWhereQuorumWouldBeLost, seeCluster } from './cluster.ts';
import { drainedSchema, keepFirstSeen, type Carried } from './drained.ts';
import { seeGroup, standIn, targetOfServer, type GroupView } from './group.ts';
import { isNode } from './look.ts';
import { takeBack } from './take-back.ts';
import { pauseWorker, refuseWhereNoWorkerWouldBeLeft, seeWorker } from './worker.ts';

/**
 * Moves away what the host carries, in the order in which nothing is lost: packages end, the worker takes no
 * more, the group fails over by its own statement and never by itself again, the role moves, the node drains.
 * What was looked at when a person agreed is looked at again.
 *
 * Source: domain facts, C9, *A worker* and *A node*, 1 to 6; *Prerequisites, restrictions and recommendations
 * for availability groups*: never fail over by the cluster's tools.
 */
export async function prepare(ports: Ports, task: StepTask): Promise<void> {
  const { bootId, drained } = drainedSchema.parse(task.before);
  const now = await ports.powershell.run('getBoot', {});
  if (now.bootId !== bootId) return;
  await keepFirstSeen(ports, drained);
  try {
    await drainWorker(ports, task);
    if (isNode(task)) await drainNode(ports, task, drained);
  } catch (error) {
    // A person decides what comes next: until then the host carries what it carried.
    if (error instanceof OperatorError) await takeBack(ports, task, drained);
    throw error;
  }
}

async function drainWorker(ports: Ports, task: StepTask): Promise<void> {
  const worker = await seeWorker(ports, task);
  if (!worker) return;
  refuseWhereNoWorkerWouldBeLeft(worker, task.host);
  await pauseWorker(ports, worker, task.host);
}

async function drainNode(ports: Ports, task: StepTask, { wasPaused }: Carried): Promise<void> {
  const { access, host, key, tries } = task;
  const cluster = await seeCluster(ports, task);
  if (cluster) refuseWhereQuorumWouldBeLost(cluster, host);
  if (cluster?.role?.isHere) heirOf(cluster.role.heir, access.role);
  const group = await seeGroup(ports, access);
  if (group) standIn(group);
  await quiesceCatalog(ports, quiesceOf(access), { of: `restart ${key}`, tries });
  if (group) await handGroupOver(ports, group, access);
  if (!cluster) return;
  await moveRoleAway(ports, task);
  if (!wasPaused) await ports.powershell.run('suspendNode', {});
}

function quiesceOf({ nodes, domain, instance, tls, restarts }: Access) {
  const { drainPackagesMinutes } = restarts;
  return {
    nodes,
    domain,
    instance: instance.name,
    port: instance.port,
    verifies: tls.verify,
    drainPackagesMinutes,
  };
}

/** On the target, and only where it is synchronized; then nothing moves by itself until the node is back. */
async function handGroupOver(ports: Ports, group: GroupView, access: Access): Promise<void> {
  const { name, isPrimary, own, others } = group;
  const next = isPrimary ? targetOfServer(standIn(group).server, access) : group.primary.target;
  if (isPrimary) {
    await ports.sql.run('failOverGroup', { group: name }, next);
    const after = await ports.sql.run('getGroupHealth', { group: name }, next);
    if (after.group?.primary?.toLowerCase() !== after.server.toLowerCase()) {
      throw new TransientError(`${after.server} is not primary of ${name} yet`, 'busy', 5);
    }
  }
  const replicas = [own, ...others].map(({ server }) => ({ server, failoverMode: 'MANUAL' as const }));
  await ports.sql.run('setFailoverMode', { group: name, replicas }, next);
}

async function moveRoleAway(ports: Ports, task: StepTask): Promise<void> {
  const { role } = task.access;
  const before = await seeCluster(ports, task);
  if (!before?.role?.isHere) return;
  const heir = heirOf(before.role.heir, role);
  await ports.powershell.run('moveRole', { role, node: heir });
  const after = await seeCluster(ports, task);
  if (before.role.isOnline && !after?.role?.isOnline) {
    throw new TransientError(`${role} is not online on ${heir} yet`, 'busy', 5);
  }
}

function heirOf(heir: string | null, role: string): string {
  if (heir !== null) return heir;
  throw new OperatorError(
    `No other node is up to take ${role}`,
    'Bring another node up or resume it, then retry.',
  );
}
