import { z } from 'zod';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

/**
 * The workers' account as a user of SSISDB in the role that may write execution logs; the replicas take it
 * over with the database.
 *
 * Source: *Change the account for logging*, steps 2 and 3.
 */
export const grantWorkerLogAccount = defineChange({
  id: 'grant-worker-log-account',
  title: "Let the workers' account write execution logs",
  why: 'Packages would run and leave no trace in SSISDB.',
  on: (site) => (site.executionLog.login === 'workerAccount' ? thePrimary(site) : []),
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ replicas: { ...replicasOf(site) }, account: site.accounts.worker.account }),

  observed: z.strictObject({ user: z.string().nullable(), isMember: z.boolean() }),
  probe: async (ports, { replicas, account }) =>
    ports.sql.run('getWorkerLogUser', { account }, await primaryTarget(ports, replicas)),
  shortfall: ({ isMember }, { account }) =>
    isMember ? [] : [`${account} is no member of ssis_cluster_worker in SSISDB`],

  async apply(ports, { replicas, account }) {
    await ports.sql.run('grantWorkerLogUser', { account }, await primaryTarget(ports, replicas));
  },
  undo: {
    async auto(ports, { replicas, account }, { before }) {
      if (before.isMember) return;
      const primary = await primaryTarget(ports, replicas);
      const { user } = await ports.sql.run('getWorkerLogUser', { account }, primary);
      if (user === null) return;
      const dropsUser = before.user === null;
      await ports.sql.run('revokeWorkerLogUser', { user, dropsUser }, primary);
    },
  },
});
