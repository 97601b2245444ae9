import { TransientError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { targetOf, type Replicas } from '../primary.ts';

/**
 * The instance where SSISDB is made, read and changed now: the first node's until SSISDB belongs to a group,
 * from then on whichever is primary. That is asked every time, since a failover may have come between. The
 * other nodes need not have an engine yet: they are asked only where the first one says that there is a group.
 *
 * Throws a TransientError where no replica is primary. Source: domain facts, C8;
 * *sys.fn_hadr_is_primary_replica*.
 */
export async function catalogHome({ sql }: Pick<Ports, 'sql'>, replicas: Replicas): Promise<SqlTarget> {
  let unasked: TransientError | null = null;
  for (const [at, node] of replicas.nodes.entries()) {
    const target = targetOf(node, replicas);
    try {
      const { isPrimary, inGroup } = await sql.run('getCatalogPlace', {}, target);
      if (isPrimary || (at === 0 && !inGroup)) return target;
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      unasked ??= error;
    }
  }
  if (unasked) throw unasked;
  throw new TransientError(`SSISDB is primary on none of ${replicas.nodes.join(', ')}`, 'reported');
}
