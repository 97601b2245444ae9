import type { Interrupted, StepTask } from '../../workflows/contract.ts';
import { acceptedOn } from '../findings/accepted.ts';
import type { Ports } from '../ports.ts';
import { refuseWhereQuorumWouldBeLost, seeCluster, type ClusterView } from './cluster.ts';
import type { Carried } from './drained.ts';
import { seeGroup, standIn, type GroupView } from './group.ts';
import { wantedRestart } from './wanted.ts';
import { refuseWhereNoWorkerWouldBeLeft, seeWorker, type WorkerView } from './worker.ts';

/** What a person sees before agreeing to a restart. */
interface RestartLook {
  readonly bootId: string;
  readonly interrupts: readonly Interrupted[];
  /** Why: sources with the key, file or setup that says so. */
  readonly wanted: readonly string[];
  readonly seen: readonly string[];
  readonly before: Carried;
}

/**
 * Says what wants the restart, what it interrupts and what stands in meanwhile. Throws where it would cost
 * the cluster its quorum, the group its last synchronized replica, or packages their last worker.
 */
export async function look(ports: Ports, task: StepTask): Promise<RestartLook> {
  const { powershell } = ports;
  const { bootId } = await powershell.run('getBoot', {});
  const wanted = await wantedRestart(ports, acceptedOn(task.host, task.access.accepted));
  const cluster = isNode(task) ? await seeCluster(ports, task) : null;
  if (cluster) refuseWhereQuorumWouldBeLost(cluster, task.host);
  const group = isNode(task) ? await seeGroup(ports, task.access) : null;
  const worker = await seeWorker(ports, task);
  if (worker) refuseWhereNoWorkerWouldBeLeft(worker, task.host);
  return {
    bootId,
    interrupts: ['host', ...(group ? ['engine' as const] : []), ...(worker ? ['workers' as const] : [])],
    wanted: wanted.reasons,
    seen: [
      `Restart ${task.host}?`,
      ...wanted.reasons.map((reason) => `Wanted by: ${reason}`),
      ...wanted.accepted.map((reason) => `It would not be for: ${reason}`),
      ...clusterInWords(cluster, task),
      ...groupInWords(group, task),
      ...workerInWords(worker),
    ],
    before: {
      isMember: cluster !== null,
      wasPaused: cluster?.isPaused ?? false,
      failoverModes: group ? [group.own, ...group.others].map(modeOf) : null,
      worker: worker?.load.isEnabled ? worker.load.id : null,
    },
  };
}

export function isNode({ host, access }: StepTask): boolean {
  return access.nodes.some((node) => node.toLowerCase() === host.toLowerCase());
}

function clusterInWords(cluster: ClusterView | null, task: StepTask): string[] {
  const { host, access } = task;
  if (cluster === null) return isNode(task) ? [`${host} is in no cluster yet: nobody depends on it.`] : [];
  const { votes, votesLeft, role } = cluster;
  return [
    `${votesLeft} of ${votes} votes are left to ${cluster.name} meanwhile.`,
    ...(role?.isHere ? [`${access.role} moves to ${role.heir ?? 'no other node: none is up'}.`] : []),
  ];
}

function groupInWords(group: GroupView | null, { access }: StepTask): string[] {
  if (group === null) return [];
  const { server } = standIn(group);
  const { drainPackagesMinutes } = access.restarts;
  return [
    group.isPrimary
      ? `${group.name} fails over to ${server} first.`
      : `${group.name} stays on ${group.primary.server}.`,
    `Packages that run are waited for, ${drainPackagesMinutes} minutes at most; a person is asked then.`,
  ];
}

function workerInWords(worker: WorkerView | null): string[] {
  if (!worker?.load.isEnabled) return [];
  return [
    `Its worker ends what it holds and takes no more; ${worker.load.othersOnline} others are online.`,
    'Hold the jobs of the Agent that would start packages meanwhile.',
  ];
}

function modeOf({ server, failoverMode }: GroupView['own']): NonNullable<Carried['failoverModes']>[number] {
  return { server, failoverMode };
}
