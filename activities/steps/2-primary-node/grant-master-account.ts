import { z } from 'zod';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The grant that survives a failover. A local connection of the service succeeds through the login of its
 * virtual account, which enabling Scale Out makes; a remote one comes as the domain account, which nothing in
 * the product grants. ssis_admin is the role that the product gives its own; no page states a smaller set.
 * The user lives in SSISDB and travels with it; the login on the other nodes is a step of chapter 3.
 *
 * Source: *HA*, step 2.1; SSISDB, text of `catalog.enable_scaleout`.
 */
export const grantMasterAccount = defineChange({
  id: 'grant-master-account',
  title: "Let the Master's account into SSISDB",
  why: 'From the other node the Master comes as its domain account, which has no right yet.',
  on: theFirstNode,
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ home: { ...replicasOf(site) }, account: site.accounts.master.account }),

  observed: z.strictObject({ login: z.boolean(), user: z.boolean(), member: z.boolean() }),
  async probe(ports, { home, account }) {
    const { exists } = await ports.sql.run('getAccountLogin', { account });
    const admin = await ports.sql.run('getCatalogAdmin', { account }, await catalogHome(ports, home));
    return { login: exists, ...admin };
  },
  shortfall: ({ login, member }, { account }) => [
    ...(login ? [] : [`${account} has no login`]),
    ...(member ? [] : [`${account} is no member of ssis_admin in SSISDB`]),
  ],

  async apply(ports, { home, account }, { before }) {
    if (!before.login) await ports.sql.run('createAccountLogin', { account });
    if (!before.member) await ports.sql.run('addCatalogAdmin', { account }, await catalogHome(ports, home));
  },
  undo: {
    async auto(ports, { home, account }, { before }) {
      if (!before.member) {
        const dropUser = !before.user;
        await ports.sql.run('removeCatalogAdmin', { account, dropUser }, await catalogHome(ports, home));
      }
      if (!before.login) await ports.sql.run('dropAccountLogin', { account });
    },
  },
});
