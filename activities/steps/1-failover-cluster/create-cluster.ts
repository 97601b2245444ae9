import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { sameName } from '../../same-name.ts';
import { clusterAddresses } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode } from '../hosts.ts';
import { nodesFirstFirst } from './nodes.ts';

/**
 * One cluster over all nodes, made on one of them. Without -NoStorage eligible shared disks would be
 * swallowed as cluster disks. What the validation has warned of is accepted here, or nothing is made. Its name
 * has an address in each network of the nodes, or stands for theirs where it is distributed.
 *
 * Source: *New-Cluster*, -StaticAddress, -ManagementPointNetworkType and remarks on running it remotely; *Remove-Cluster*, -CleanupAD.
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
    addresses: clusterAddresses(site),
    managementPoint: site.cluster.managementPoint,
    nodes: nodesFirstFirst(site),
  }),

  observed: z.strictObject({
    cluster: z.string().nullable(),
    nodes: z.array(z.strictObject({ name: z.string(), state: z.string() })),
    otherRoles: z.array(z.string()),
    warnings: z.array(z.string()),
    report: z.string().nullable(),
  }),
  async probe({ powershell }, { nodes }) {
    const { cluster } = await powershell.run('getCluster', {});
    const { validation } = await powershell.run('getValidation', { nodes });
    return {
      cluster: cluster?.name ?? null,
      nodes: cluster?.nodes ?? [],
      otherRoles:
        cluster?.groups.filter((group) => !CORE_GROUPS.has(group.type)).map((group) => group.name) ?? [],
      warnings: validation?.warnings ?? [],
      report: validation?.report ?? null,
    };
  },
  shortfall({ cluster, nodes: members }, { name, nodes }) {
    if (cluster === null) return [`There is no cluster ${name}`];
    if (cluster.toLowerCase() !== name.toLowerCase()) {
      throw new OperatorError(
        `This node belongs to the cluster ${cluster}, not to ${name}`,
        `Name ${cluster} in the site file, or take the node out of it, then retry.`,
      );
    }
    const states = new Map(members.map((node) => [node.name.toLowerCase(), node.state]));
    return nodes.flatMap((node) => {
      const state = states.get(node.toLowerCase());
      if (state === 'Up') return [];
      return [state === undefined ? `${node} is no node of ${name}` : `${node} is ${state} in ${name}`];
    });
  },
  facts: ({ cluster, nodes: members }, { name, nodes }) => [
    { about: 'cluster', of: name, isThere: cluster !== null },
    ...nodes.map((node) => ({
      about: 'node' as const,
      of: node,
      state: members.find((member) => sameName(member.name, node))?.state ?? null,
    })),
  ],
  changesExisting: () => false,
  gate({ cluster, warnings, report }, { name, nodes }) {
    if (cluster !== null || warnings.length === 0) return null;
    return `Create ${name} over ${nodes.join(', ')} although the validation warns? Read ${report ?? 'its report'} first.`;
  },
  notes: ({ cluster, warnings }) =>
    cluster === null ? warnings.map((warning) => `The validation warns: ${warning}`) : [],

  async apply({ powershell }, { name, nodes, addresses, managementPoint }, { before }) {
    if (before.cluster !== null) {
      const wrong = before.nodes.filter(({ state }) => state !== 'Up');
      const missing = nodes.filter((node) => !before.nodes.some((known) => sameName(known.name, node)));
      const told = [
        ...wrong.map((node) => `${node.name} is ${node.state}`),
        ...missing.map((node) => `${node} is no node of it`),
      ];
      throw new OperatorError(
        `Not all nodes of the cluster ${name} are up: ${told.join(', ')}`,
        'Bring them up, resume them, or join them with Add-ClusterNode -NoStorage, then retry.',
      );
    }
    await powershell.run('newCluster', { name, nodes, addresses: [...addresses], managementPoint });
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
