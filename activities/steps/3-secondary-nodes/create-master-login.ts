import { defineAccountLogin } from '../../setup/account-login.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * A Windows login has one SID everywhere, so it fits the user that travels inside SSISDB.
 *
 * Source: *HA*, step 2.1.
 */
export const createMasterLogin = defineAccountLogin({
  id: 'create-master-login',
  title: "Create the login of the Master's account",
  why: 'Logins do not travel with the group: without it the Master fails after a failover.',
  on: everyOtherNode,
  after: [{ sameHost: 'configure-engine-on-secondary' }],
  account: (site) => site.accounts.master.account,
});
