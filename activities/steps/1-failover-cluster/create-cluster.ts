import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { firstNode } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode } from '../hosts.ts';

/**
 * One cluster over all nodes, made on one of them. Without -NoStorage eligible shared disks would be
 * swallowed as cluster disks.
 *
 * Source: *New-Cluster*, parameters and remarks on running it remotely; *Remove-Cluster*, -CleanupAD.
 */
export const createCluster = defineChange({
  id: 'create-cluster',
  title: 'Create the failover cluster',
  why: 'The availability group and the clustered Scale Out Master live on it.',
  on: theFirstNode,
  holds: everyNode,
  repeat: 'once',
  patience: { applyMinutes: 15, settleMinutes: 5 },
  takes: (site) => ({
    name: site.cluster.name,
    address: site.cluster.ip,
    nodes: [firstNode(site).name, ...site.nodes.map((node) => node.name).filter((name) => name !== firstNode(site).name)],
  }),

  observed: z.strictObject({
    cluster: z.string().nullable(),
    nodesUp: z.array(z.string()),
    otherRoles: z.array(z.string()),
  }),
  async probe({ powershell }) {
    const { cluster } = await powershell.run('getCluster', {});
    return {
      cluster: cluster?.name ?? null,
      nodesUp: cluster?.nodes.filter((node) => node.state === 'Up').map((node) => node.name) ?? [],
      otherRoles: cluster?.groups.filter((group) => !CORE_GROUPS.has(group.type)).map((group) => group.name) ?? [],
    };
  },
  shortfall({ cluster, nodesUp }, { name, nodes }) {
    if (cluster === null) return [`There is no cluster ${name}`];
    if (cluster.toLowerCase() !== name.toLowerCase()) {
      throw new OperatorError(
        `This node belongs to the cluster ${cluster}, not to ${name}`,
        `Name ${cluster} in the site file, or take the node out of it, then retry.`,
      );
    }
    const up = new Set(nodesUp.map((node) => node.toLowerCase()));
    return nodes.filter((node) => !up.has(node.toLowerCase())).map((node) => `${node} is not up in ${name}`);
  },

  async apply({ powershell }, { name, nodes, address }, { before }) {
    if (before.cluster !== null) {
      throw new OperatorError(
        `The cluster ${name} exists, but not all its nodes are up`,
        'Bring them up or join them with Add-ClusterNode -NoStorage, then retry.',
      );
    }
    await powershell.run('newCluster', { name, nodes, address });
  },
  undo: {
    async auto({ powershell }, { name }, { before }) {
      if (before.cluster !== null) return;
      const { cluster } = await powershell.run('getCluster', {});
      if (cluster !== null) await powershell.run('removeCluster', { name });
    },
    residue: ['DNS records of the cluster name'],
  },
});

/** Groups that every cluster has. Source: *Get-ClusterGroup*, GroupType. */
const CORE_GROUPS: ReadonlySet<string> = new Set(['Cluster', 'AvailableStorage']);
