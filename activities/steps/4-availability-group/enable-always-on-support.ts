import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { primaryTarget, replicasOf, targetOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

/**
 * What the dialog "Enable Always On Support" writes into SSISDB, made by hand: the user of the SSIS jobs may
 * watch failovers, and every replica is registered, the present primary as such. A replica whose recorded role
 * is not of today is left: the failover monitor sets it right within minutes.
 *
 * Source: *Catalog*, Always On for SSISDB; text of `internal.add_replica_info`; *FineBuild*, hand-made
 * equivalent; domain facts, 4.7.
 */
export const enableAlwaysOnSupport = defineChange({
  id: 'enable-always-on-support',
  title: 'Enable Always On support in SSISDB',
  why: 'Until then an automatic failover of SSISDB is not supported.',
  on: thePrimary,
  after: ['create-failover-monitor-job', 'create-backup-jobs', 'check-user-logins'],
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({ replicas: { ...replicasOf(site) } }),

  observed: z.strictObject({
    hasUser: z.boolean(),
    isMember: z.boolean(),
    missingGrants: z.array(z.string()),
    missingReplicas: z.array(z.string()),
  }),
  async probe(ports, { replicas }) {
    const primary = await primaryTarget(ports, replicas);
    const { support } = await ports.sql.run('getAlwaysOnSupport', {}, primary);
    if (!support) {
      throw new OperatorError(
        `SSISDB cannot be read on ${primary.server}`,
        'See why it cannot be opened there, then retry.',
      );
    }
    const servers: string[] = [];
    for (const node of replicas.nodes) {
      servers.push((await ports.sql.run('getAlwaysOn', {}, targetOf(node, replicas))).serverName);
    }
    const { replicas: registered, ...rest } = support;
    const known = new Set(registered.map(({ server }) => server.toLowerCase()));
    return { ...rest, missingReplicas: servers.filter((server) => !known.has(server.toLowerCase())) };
  },
  shortfall: ({ hasUser, isMember, missingGrants, missingReplicas }) => [
    ...(hasUser ? [] : ['SSISDB lacks the user ##MS_SSISServerCleanupJobUser##']),
    ...(isMember ? [] : ['##MS_SSISServerCleanupJobUser## is no member of ssis_failover_monitoring_agent']),
    ...missingGrants.map((name) => `ssis_failover_monitoring_agent may not run internal.${name}`),
    ...missingReplicas.map((server) => `The replica ${server} is not registered in SSISDB`),
  ],

  async apply(ports, { replicas }, { before }) {
    if (!before.hasUser) {
      throw new OperatorError(
        'SSISDB lacks the user ##MS_SSISServerCleanupJobUser##, which its creation makes',
        'Repair the catalog with ISDBUpgradeWizard, then retry.',
      );
    }
    const primary = await primaryTarget(ports, replicas);
    if (!before.isMember || before.missingGrants.length > 0) {
      await ports.sql.run('grantFailoverMonitor', {}, primary);
    }
    for (const server of before.missingReplicas) await ports.sql.run('addReplicaInfo', { server }, primary);
  },
  undo: {
    async auto(ports, { replicas }, { before }) {
      const primary = await primaryTarget(ports, replicas);
      for (const server of before.missingReplicas) {
        await ports.sql.run('deleteReplicaInfo', { server }, primary);
      }
      const member = !before.isMember;
      await ports.sql.run('revokeFailoverMonitor', { member, grants: [...before.missingGrants] }, primary);
    },
  },
});
