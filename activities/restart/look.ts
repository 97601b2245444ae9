import type { Interrupted, StepTask } from '../../workflows/contract.ts';
import { OperatorError } from '../failures.ts';
import type { Ports } from '../ports.ts';

/** What a person sees before agreeing to a restart. */
interface RestartLook {
  readonly bootId: string;
  readonly interrupts: readonly Interrupted[];
  readonly seen: readonly string[];
  readonly before: { readonly inCluster: boolean };
}

/**
 * Says what wants the restart, what it interrupts and what stands in meanwhile. Throws where it would cost
 * the cluster its quorum.
 */
export async function look({ powershell }: Ports, task: StepTask): Promise<RestartLook> {
  const { bootId } = await powershell.run('getBoot', {});
  const { reasons } = await powershell.run('getPendingRestart', {});
  const inCluster = await refuseWhereQuorumWouldBeLost(powershell, task.host);
  return {
    bootId,
    interrupts: ['host'],
    seen: [
      `Restart ${task.host}?`,
      ...reasons.map((reason) => `Wanted by: ${reason}`),
      inCluster ? 'The other nodes keep the quorum.' : `${task.host} is in no cluster yet: nobody depends on it.`,
    ],
    before: { inCluster },
  };
}

async function refuseWhereQuorumWouldBeLost(powershell: Ports['powershell'], host: string): Promise<boolean> {
  const { features } = await powershell.run('getWindowsFeature', { names: ['RSAT-Clustering-PowerShell'] });
  if (!features.some((feature) => feature.state === 'Installed')) return false;
  const { cluster } = await powershell.run('getCluster', {});
  if (cluster === null) return false;
  const others = cluster.nodes.filter((node) => node.name.toLowerCase() !== host.toLowerCase());
  const up = others.filter((node) => node.state === 'Up').length;
  if (up * 2 > others.length) return true;
  throw new OperatorError(
    `Restarting ${host} would cost ${cluster.name} its quorum: ${up} of ${others.length} other nodes are up`,
    'Bring the other nodes up, then retry.',
  );
}
