import { z } from 'zod';
import { observeRestart, restartObserved } from '../../restart/wanted.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

const FEATURES = ['Failover-Clustering', 'RSAT-Clustering-PowerShell'];

/**
 * The feature with its management tools, without which the FailoverClusters module is missing. It is said
 * to need no restart, but what Windows answers is honoured.
 *
 * Source: *Install-WindowsFeature*, -IncludeManagementTools; *Create a failover cluster*, Install the
 * Failover Clustering feature.
 */
export const installClusteringFeature = defineChange({
  id: 'install-clustering-feature',
  title: 'Install the failover clustering feature',
  why: 'A machine without it cannot join the cluster.',
  on: everyNode,
  // The last of the preflight, which waits for all of it.
  after: ['check-site'],
  patience: { applyMinutes: 15, settleMinutes: 10 },
  interrupts: [],
  takes: (_site, host) => ({ host }),

  observed: z.strictObject({ missing: z.array(z.string()), ...restartObserved }),
  async probe(ports, _input, context) {
    const { features } = await ports.powershell.run('getWindowsFeature', { names: FEATURES });
    const installed = features
      .filter((feature) => feature.state === 'Installed')
      .map((feature) => feature.name);
    return {
      missing: FEATURES.filter((name) => !installed.includes(name)),
      ...(await observeRestart(ports, context)),
    };
  },
  shortfall: ({ missing }) => missing.map((name) => `The feature ${name} is not installed`),
  notes: ({ restartReasons }) => restartReasons.map((reason) => `A restart pends: ${reason}`),
  restartPends: ({ restartReasons }) => restartReasons.length > 0,

  gate: ({ missing }, { host }) =>
    missing.length === 0
      ? null
      : `Install ${missing.join(' and ')} on ${host}? They stay there when the run is undone.`,

  async apply({ powershell }) {
    await powershell.run('installWindowsFeature', { names: FEATURES });
  },
  undo: {
    kept: 'Removing the feature needs one more restart and nothing is harmed by leaving it.',
    residue: ['the feature Failover-Clustering and its tools'],
  },
});
