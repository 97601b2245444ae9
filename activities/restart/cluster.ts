import type { StepTask } from '../../workflows/contract.ts';
import { OperatorError } from '../failures.ts';
import { groupIsOnline } from '../group-state.ts';
import type { Ports } from '../ports.ts';

/** The cluster, from one of its nodes. */
export interface ClusterView {
  readonly name: string;
  readonly isPaused: boolean;
  readonly isUp: boolean;
  readonly votesLeft: number;
  readonly votes: number;
  /** Whether the role of the Master is on this node, and which node takes it; null where there is no role yet. */
  readonly role: {
    readonly isHere: boolean;
    readonly isOnline: boolean;
    readonly heir: string | null;
  } | null;
}

/** Null where the host belongs to no cluster, or its cluster service is not up. */
export async function seeCluster(
  { powershell }: Ports,
  { host, access }: StepTask,
): Promise<ClusterView | null> {
  const { quorum } = await powershell.run('getQuorum', {});
  const { cluster } = await powershell.run('getCluster', {});
  if (quorum === null || cluster === null) return null;
  const isHere = (name: string) => name.toLowerCase() === host.toLowerCase();
  const others = quorum.nodes.filter((node) => !isHere(node.name));
  const own = quorum.nodes.find((node) => isHere(node.name));
  const { kind, isOnline } = quorum.witness;
  const role = cluster.groups.find(({ name }) => name.toLowerCase() === access.role.toLowerCase());
  return {
    name: quorum.cluster,
    isPaused: own?.state === 'Paused',
    isUp: own?.state === 'Up',
    votesLeft: sum(others.filter(({ state }) => state === 'Up' || state === 'Paused')) + (isOnline ? 1 : 0),
    votes: sum(quorum.nodes) + (kind === 'none' ? 0 : 1),
    role: role
      ? {
          isHere: isHere(role.owner),
          isOnline: groupIsOnline(role.state),
          heir: others.find(({ state }) => state === 'Up')?.name ?? null,
        }
      : null,
  };
}

/** Source: *Understanding cluster and pool quorum*: more than half of the votes, that of the witness included. */
export function refuseWhereQuorumWouldBeLost({ name, votes, votesLeft }: ClusterView, host: string): void {
  if (votesLeft * 2 > votes) return;
  throw new OperatorError(
    `Restarting ${host} would cost ${name} its quorum: ${votesLeft} of ${votes} votes would be left`,
    'Bring the other nodes and the witness online, then retry.',
  );
}

function sum(nodes: readonly { readonly votes: number }[]): number {
  return nodes.reduce((total, { votes }) => total + votes, 0);
}
