import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Where logs are written by the workers' own Windows account, that account needs a login on every replica and
 * no password of its own. Its SID is the directory's, so the user that travels inside SSISDB fits everywhere.
 *
 * Source: *Change the account for logging*, step 1; *CREATE LOGIN*, FROM WINDOWS.
 */
export const grantWorkerLogLogin = defineChange({
  id: 'grant-worker-log-login',
  title: "Let the workers' account sign in to every replica",
  why: 'Workers write execution logs straight to whichever instance is primary.',
  on: (site) => (site.executionLog.login === 'workerAccount' ? everyNode(site) : []),
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ account: site.accounts.worker.account }),

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
