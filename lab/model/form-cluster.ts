import type { Estate } from './estate.ts';
import type { Cluster } from './estate/cluster.ts';
import { namesIn } from './language.ts';

interface Forming {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly nodes: readonly string[];
  readonly owner: string;
  readonly now: number;
}

/** Makes the cluster of an estate: its core group, and the cluster service on every node. */
export function formCluster(estate: Estate, { name, addresses, nodes, owner, now }: Forming): Cluster {
  const { coreGroup } = namesIn(estate);
  const cluster: Cluster = {
    name,
    addresses: [...addresses],
    nodes: nodes.map((node) => ({ name: node, state: 'Up' as const })),
    witness: { kind: 'none', at: null },
    groups: {
      [coreGroup]: {
        name: coreGroup,
        type: 'Cluster',
        state: 'Online',
        owner,
        preferredOwners: [],
        failback: false,
        resources: {},
      },
    },
  };
  estate.cluster = cluster;
  for (const node of nodes) {
    const host = estate.hosts[node];
    if (!host) continue;
    host.services['ClusSvc'] = {
      displayName: 'Cluster Service',
      state: 'Running',
      startMode: 'Automatic',
      account: 'LocalSystem',
      startedAt: now,
    };
  }
  return cluster;
}
