import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';
import { connectionKey, logConnectionString, takesLogConnection } from './log-account.ts';

/**
 * Workers learn from SSISDB how to write their logs: over the listener. The product's procedure succeeds also
 * where it changes no row, so rows are counted and what is stored is read back, compared inside the server and
 * never printed. It is encrypted in SSISDB; error 15581 says that this replica cannot open the master key.
 * Workers that run go on with the old string until they start anew, which chapter 9 sees to. Undo puts the old
 * string back; its password follows with the undo of the login, which refuses to go back alone.
 *
 * The page's sample ends the password with a bracket that does not belong there.
 *
 * Source: *HA*, step 6.3; *Change the account for logging*; text of `catalog.update_logdb_info`.
 */
export const setLogConnection = defineChange({
  id: 'set-log-connection',
  title: 'Tell SSISDB where execution logs go',
  why: 'Until then workers write to the one instance where Scale Out was enabled.',
  on: thePrimary,
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({ replicas: { ...replicasOf(site) }, connection: takesLogConnection(site) }),

  observed: z.strictObject({
    rows: z.number(),
    server: z.string().nullable(),
    matches: z.boolean(),
    workers: z.number(),
  }),
  async probe(ports, { replicas, connection }) {
    const primary = await primaryTarget(ports, replicas);
    const expected = await logConnectionString(ports, connection);
    const { workers } = await ports.sql.run('getLogAccount', {}, primary);
    return { ...(await ports.sql.run('getLogConnection', { expected }, primary)), workers };
  },
  shortfall({ rows, server, matches }, { connection }) {
    if (rows < 2) return ['SSISDB has no rows for the log connection'];
    return [
      ...(server === connection.server
        ? []
        : [`Execution logs go to ${server || 'nowhere'}, not to ${connection.server}`]),
      ...(matches ? [] : ['The stored log connection is not the one of the site']),
    ];
  },
  gate({ workers, server }, { connection, replicas }) {
    const isProducts = !server || replicas.nodes.some((node) => isOn(server, node));
    if (workers === 0 && (isProducts || server === connection.server)) return null;
    return `Send execution logs to ${connection.server} instead of ${server || 'nowhere'}? Registered workers: ${workers}; they follow when they start anew.`;
  },

  async apply(ports, { replicas, connection }, { before, runId }) {
    if (before.rows < 2) {
      throw new OperatorError(
        'SSISDB has no rows for the log connection, and the product changes only rows that are there',
        'Let the step "Enable Scale Out in the catalog" of chapter 2 be done; where it was done, put the rows CLUSTER_LOGDB_SERVER and CLUSTER_LOGDB_CONNECTIONSTRING back into internal.master_properties, then retry.',
      );
    }
    const primary = await primaryTarget(ports, replicas);
    const { connection: present } = await ports.sql.run('getLogConnectionText', {}, primary);
    if (present) await ports.vault.keep(connectionKey(runId), present);
    const { server } = connection;
    await ports.sql.run(
      'setLogConnection',
      { server, connection: await logConnectionString(ports, connection) },
      primary,
    );
  },
  undo: {
    async auto(ports, { replicas, connection }, { before, runId }) {
      const primary = await primaryTarget(ports, replicas);
      const expected = await logConnectionString(ports, connection);
      const { server, matches } = await ports.sql.run('getLogConnection', { expected }, primary);
      const old = await ports.vault.recall(connectionKey(runId));
      if (!matches && (old === null || server !== connection.server)) return;
      if (old === null) throw nothingKept();
      await ports.sql.run('setLogConnection', { server: before.server ?? '', connection: old }, primary);
      await ports.vault.forget(connectionKey(runId));
    },
    residue: ['execution logs that workers could not write meanwhile, kept on their disks for seven days'],
  },
});

function nothingKept(): OperatorError {
  return new OperatorError(
    'The vault of this host holds no earlier log connection',
    'Set it by hand with catalog.update_logdb_info, or skip: the new one stays.',
  );
}

/** Enabling Scale Out writes the name of its own server. */
function isOn(server: string, node: string): boolean {
  return server.toLowerCase().split(/[\\,.]/)[0] === node.toLowerCase();
}
