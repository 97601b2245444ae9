import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { fullName } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

/**
 * SSISDB tells whoever adds a worker where the Master is: the role's name, which the certificate bears, and
 * never a machine's. The product's procedure succeeds also where it changes no row, so it is read back. No
 * slash at the end. Workers that are there already keep what their own file says.
 *
 * Older editions of the page name the database SSIS, which does not exist.
 *
 * Source: *HA*, step 8; text of `catalog.update_master_address`.
 */
export const setMasterAddress = defineChange({
  id: 'set-master-address',
  title: 'Tell SSISDB the address of the Master',
  why: 'Whoever adds a worker reads there where the Master is.',
  on: thePrimary,
  patience: { applyMinutes: 2, settleMinutes: 2 },
  takes: (site) => ({
    replicas: { ...replicasOf(site) },
    address: `https://${fullName(site.scaleOutMaster.name, site)}:${site.scaleOutMaster.port}`,
  }),

  observed: z.strictObject({ address: z.string().nullable() }),
  async probe(ports, { replicas }) {
    const { address } = await ports.sql.run('getMasterProperties', {}, await primaryTarget(ports, replicas));
    return { address };
  },
  shortfall: ({ address: found }, { address }) =>
    found === address ? [] : [`SSISDB says that the Master is at ${found || 'no address'}, not ${address}`],
  gate: ({ address: found }, { address }) =>
    found
      ? `Change the address of the Master in SSISDB from ${found} to ${address}? Whoever adds a worker reads it there.`
      : null,

  async apply(ports, { replicas, address }, { before }) {
    if (before.address === null) {
      throw new OperatorError(
        'SSISDB has no row for the address of the Master, and the product changes only rows that are there',
        'Let the step "Enable Scale Out in the catalog" of chapter 2 be done; where it was done, put the row MASTER_ADDRESS back into internal.master_properties, then retry.',
      );
    }
    await ports.sql.run('setMasterAddress', { address }, await primaryTarget(ports, replicas));
  },
  undo: {
    async auto(ports, { replicas, address }, { before }) {
      if (before.address === null || before.address === address) return;
      const primary = await primaryTarget(ports, replicas);
      const { address: found } = await ports.sql.run('getMasterProperties', {}, primary);
      if (found === address) await ports.sql.run('setMasterAddress', { address: before.address }, primary);
    },
  },
});
