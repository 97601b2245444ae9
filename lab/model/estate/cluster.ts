/** The failover cluster, with its groups and their resources. */
export interface Cluster {
  name: string;
  /** One in each network of the nodes; none where its name is registered with the addresses of the nodes. */
  addresses: string[];
  /** A node that was paused stays so over its restart. */
  nodes: { name: string; state: 'Up' | 'Down' | 'Paused'; paused?: true }[];
  witness: { kind: 'none' | 'fileShare' | 'cloud' | 'disk'; at: string | null };
  groups: Record<string, ClusterGroup>;
}

export interface ClusterGroup {
  name: string;
  type: string;
  state: 'Online' | 'Offline' | 'Failed' | 'PartialOnline' | 'Pending';
  owner: string;
  preferredOwners: string[];
  failback: boolean;
  resources: Record<string, ClusterResource>;
}

export interface ClusterResource {
  name: string;
  type: string;
  state: 'Online' | 'Offline' | 'Failed';
  possibleOwners: string[];
  parameters: Record<string, string | number>;
  dependsOn: string[];
  /** One of what it depends on is enough. */
  needsOneOnly?: true;
}
