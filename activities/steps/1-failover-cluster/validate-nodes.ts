import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode } from '../hosts.ts';
import { nodesFirstFirst } from './nodes.ts';

/**
 * The validation that Microsoft asks for before it supports a cluster; its report on file is the evidence, and
 * one that is there for these very nodes is not made again. The verdict stands inside the report: what the
 * cmdlet warns of is put to a person before the cluster is made. Where these nodes form a cluster already the
 * storage tests stay out, since they take its disks offline.
 *
 * Source: *Test-Cluster*, description and -Ignore; *Create a failover cluster*, Validate the configuration.
 */
export const validateNodes = defineChange({
  id: 'validate-nodes',
  title: 'Validate the nodes for a cluster',
  why: 'Only a cluster whose nodes passed the validation is supported.',
  on: theFirstNode,
  holds: everyNode,
  patience: { applyMinutes: 45, settleMinutes: 5 },
  takes: (site) => ({ nodes: nodesFirstFirst(site) }),

  observed: z.strictObject({
    report: z.string().nullable(),
    warnings: z.array(z.string()),
    inCluster: z.boolean(),
  }),
  async probe({ powershell }, { nodes }) {
    const { validation } = await powershell.run('getValidation', { nodes });
    const { cluster } = await powershell.run('getCluster', {});
    return {
      report: validation?.report ?? null,
      warnings: validation?.warnings ?? [],
      inCluster: cluster !== null,
    };
  },
  shortfall: ({ report }, { nodes }) =>
    report === null ? [`No validation report of ${nodes.join(', ')} is on file`] : [],
  notes: ({ report, warnings }) => [
    ...(report === null ? [] : [`Report: ${report}`]),
    ...warnings.map((warning) => `The validation warns: ${warning}`),
  ],

  async apply({ powershell }, { nodes }, { before }) {
    await powershell.run('validateNodes', { nodes, ignore: before.inCluster ? ['Storage'] : [] });
  },
  undo: {
    async auto({ powershell }, { nodes }, { before }) {
      if (before.report === null) await powershell.run('removeValidation', { nodes });
    },
  },
});
