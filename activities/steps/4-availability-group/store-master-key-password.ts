import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * On another engine the master key of SSISDB opens only by its password, so that is stored on each: the first
 * open as primary uses it. A stored row proves nothing of its value, and every SSISDB comes from the product's
 * own backup and so is of one family: a row that is older than this copy of SSISDB may be an earlier
 * catalog's, and does not count. Whether the value is right is proven before (the password opens the key) and
 * after (the drill fails over).
 *
 * Source: *sp_control_dbmasterkey_password*, remarks (the password is not checked; adding one that is stored
 * fails; drop needs the same one); *sys.master_key_passwords*; domain facts, 4.5.
 */
export const storeMasterKeyPassword = defineChange({
  id: 'store-master-key-password',
  title: "Store the password of SSISDB's master key",
  why: 'Otherwise a new primary cannot open the secrets of the catalog: error 15581.',
  on: everyNode,
  after: ['seed-secondary'],
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site, host) => ({ host, password: site.catalog.masterKeyPassword }),

  observed: z.strictObject({
    catalogIsThere: z.boolean(),
    stored: z.number(),
    storedForThisCopy: z.number(),
  }),
  probe: ({ sql }) => sql.run('getMasterKeyPasswords', {}),
  shortfall({ catalogIsThere, stored, storedForThisCopy }, { host }) {
    if (!catalogIsThere) return [`There is no copy of SSISDB on ${host}`];
    if (storedForThisCopy > 0) return [];
    return [
      stored === 0
        ? `No password of SSISDB's master key is stored on ${host}`
        : `What is stored on ${host} for SSISDB's master key is older than this copy of SSISDB`,
    ];
  },

  async apply({ sql, secrets }, { host, password }, { before }) {
    if (before.storedForThisCopy > 0) return;
    if (!before.catalogIsThere) {
      throw new OperatorError(`There is no copy of SSISDB on ${host}`, 'Seed it first, then retry.');
    }
    await sql.run('storeMasterKeyPassword', { password: await secrets.resolve(password) });
  },
  undo: {
    async auto({ sql, secrets }, { password }, { before }) {
      const { stored } = await sql.run('getMasterKeyPasswords', {});
      // As many rows as before: this very password was stored already, by somebody else.
      if (stored <= before.stored) return;
      await sql.run('dropMasterKeyPassword', { password: await secrets.resolve(password) });
    },
    leavesEvidence: true,
  },
});
