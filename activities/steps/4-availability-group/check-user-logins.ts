import { z } from 'zod';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { defineCheck } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * Whoever has a user in SSISDB needs a login with the same identifier on every replica. The product's own are
 * other steps' affair; those of people and proxies are the site's, since their passwords are.
 *
 * Source: *Manage logins for jobs using databases in an availability group*; domain facts, 4.8, last row.
 */
export const checkUserLogins = defineCheck({
  id: 'check-user-logins',
  title: 'Check that the users of SSISDB have logins here',
  why: 'After a failover a user without a login of the same SID cannot sign in.',
  on: everyOtherNode,
  after: ['create-listener'],
  skippable: true,
  takes: (site, host) => ({ host, replicas: { ...replicasOf(site) } }),

  observed: z.strictObject({ missing: z.array(z.string()) }),
  async probe(ports, { replicas }) {
    const primary = await primaryTarget(ports, replicas);
    const { logins } = await ports.sql.run('getCatalogLogins', {}, primary);
    const { missing } = await ports.sql.run('getMissingLogins', { sids: logins.map(({ sid }) => sid) });
    const gone = new Set(missing);
    return { missing: logins.filter(({ sid }) => gone.has(sid)).map(({ login }) => login) };
  },
  shortfall: ({ missing }, { host }) =>
    missing.map((login) => `${login} has a user in SSISDB and no login with its SID on ${host}`),
  advice: 'Copy the logins with their SIDs and passwords (sp_help_revlogin), then retry.',
});
