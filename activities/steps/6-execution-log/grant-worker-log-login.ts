import { defineAccountLogin } from '../../setup/account-login.ts';
import { everyNode } from '../hosts.ts';

/**
 * Where logs are written by the workers' own Windows account, that account needs a login on every replica and
 * no password of its own.
 *
 * Source: *Change the account for logging*, step 1.
 */
export const grantWorkerLogLogin = defineAccountLogin({
  id: 'grant-worker-log-login',
  title: "Let the workers' account sign in to every replica",
  why: 'Workers write execution logs straight to whichever instance is primary.',
  on: (site) => (site.executionLog.login === 'workerAccount' ? everyNode(site) : []),
  account: (site) => site.accounts.worker.account,
});
