import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { homeTarget, replicasOf } from '../../primary.ts';
import { defineCheck } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Opens the master key of SSISDB with the site's password, and closes it again. Nothing later checks that
 * password before a failover does: what stores it on the replicas takes any value.
 *
 * Source: *OPEN MASTER KEY*; *sp_control_dbmasterkey_password*, remarks; domain facts, 4.5.
 */
export const proveMasterKeyPassword = defineCheck({
  id: 'prove-master-key-password',
  title: "Prove the password of SSISDB's master key",
  why: 'With a wrong one every replica loses its secrets when it becomes primary, and not before.',
  on: theFirstNode,
  after: ['create-endpoint'],
  takes: (site) => ({ replicas: { ...replicasOf(site) }, password: site.catalog.masterKeyPassword }),

  observed: z.strictObject({ proven: z.boolean() }),
  async probe(ports, { replicas, password }) {
    const target = await homeTarget(ports, replicas);
    const { proven } = await ports.sql.run(
      'proveMasterKeyPassword',
      { password: await ports.secrets.resolve(password) },
      target,
    );
    if (proven !== null) return { proven };
    throw new OperatorError(
      `SSISDB cannot be opened on ${target.server}`,
      'Create the catalog as chapter 2 does, or bring it online, then retry.',
    );
  },
  shortfall: ({ proven }, { password }) =>
    proven ? [] : [`The password at ${password} does not open the master key of SSISDB`],
  advice:
    'Name the right password; if nobody knows it, run ALTER MASTER KEY ADD ENCRYPTION BY PASSWORD in SSISDB on its primary, which touches no data, and never REGENERATE; then retry.',
});
