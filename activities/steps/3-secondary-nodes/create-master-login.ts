import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * A Windows login has one SID everywhere, so it fits the user that travels inside SSISDB.
 *
 * Source: *HA*, step 2.1; *CREATE LOGIN*, FROM WINDOWS.
 */
export const createMasterLogin = defineChange({
  id: 'create-master-login',
  title: "Create the login of the Master's account",
  why: 'Logins do not travel with the group: without it the Master fails after a failover.',
  on: everyOtherNode,
  after: [{ sameHost: 'configure-engine-on-secondary' }],
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ account: site.accounts.master.account }),

  observed: z.strictObject({ exists: z.boolean() }),
  probe: ({ sql }, { account }) => sql.run('getAccountLogin', { account }),
  shortfall: ({ exists }, { account }) => (exists ? [] : [`${account} has no login`]),

  async apply({ sql }, { account }) {
    await sql.run('createAccountLogin', { account });
  },
  undo: {
    async auto({ sql }, { account }, { before }) {
      if (!before.exists) await sql.run('dropAccountLogin', { account });
    },
  },
});
