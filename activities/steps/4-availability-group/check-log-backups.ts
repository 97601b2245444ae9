import { z } from 'zod';
import { replicasOf, targetOf } from '../../primary.ts';
import { defineCheck } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

/**
 * Where the site backs SSISDB up by its own means, they must have begun: a log backup on any replica, no older
 * than twice the interval that the site names. A copy empties no log and does not count.
 *
 * Source: *backupset*, type L and is_copy_only; domain facts, C10.
 */
export const checkLogBackups = defineCheck({
  id: 'check-log-backups',
  title: 'Check that the log of SSISDB is backed up',
  why: 'In full recovery a log that nobody backs up fills its drive, and SSISDB stops.',
  on: (site) => (site.catalog.backups.by === 'external' ? thePrimary(site) : []),
  after: ['seed-secondary'],
  takes: (site) => ({ replicas: { ...replicasOf(site) }, minutes: 2 * site.catalog.backups.logEveryMinutes }),

  observed: z.strictObject({ recent: z.boolean() }),
  async probe({ sql }, { replicas, minutes }) {
    for (const node of replicas.nodes) {
      const { logMinutes } = await sql.run('getBackupAges', {}, targetOf(node, replicas));
      if (logMinutes !== null && logMinutes <= minutes) return { recent: true };
    }
    return { recent: false };
  },
  shortfall: ({ recent }, { minutes }) =>
    recent ? [] : [`No replica has a log backup of SSISDB from the last ${minutes} minutes`],
  advice: 'Let the backups of the site take SSISDB and its log on whichever replica is primary, then retry.',
});
