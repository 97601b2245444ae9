import { OperatorError, TransientError } from './failures.ts';
import type { Ports, SqlTarget } from './ports.ts';
import { firstNode, type Site } from './site.ts';

/** Where replicas of SSISDB may be: the part of a site that finding the primary needs. */
export interface Replicas {
  /** The node where SSISDB is born first. */
  readonly nodes: readonly string[];
  readonly domain: string;
  readonly port: number;
}

/** For a step's `takes`: the nodes of a site, the first one first, and how their instances are reached. */
export function replicasOf(site: Site): Replicas & { readonly nodes: string[] } {
  const first = firstNode(site).name;
  const others = site.nodes.map((node) => node.name).filter((name) => name !== first);
  return { nodes: [first, ...others], domain: site.directory.domain, port: site.instance.port };
}

/** Where a node's own instance listens. */
export function targetOf(node: string, { domain, port }: Replicas): SqlTarget {
  return { server: `${node}.${domain}`.toLowerCase(), port };
}

/**
 * Asks every node who is primary for SSISDB, and answers where that is. Nobody remembers it: a failover may
 * have come at any time.
 *
 * Throws a TransientError while no replica is primary (the group is resolving, or a node cannot be asked),
 * and an OperatorError where every node has answered and SSISDB is in no group on any.
 *
 * Source: *sys.fn_hadr_is_primary_replica*.
 */
export async function primaryTarget(ports: Pick<Ports, 'sql'>, replicas: Replicas): Promise<SqlTarget> {
  const { primary, isInGroup, unasked } = await askEveryNode(ports, replicas);
  if (primary) return primary;
  const asked = replicas.nodes.join(', ');
  if (isInGroup || unasked) {
    const reason = unasked ? `; ${unasked.message}` : '';
    throw new TransientError(
      `No replica of SSISDB is primary on ${asked}${reason}`,
      unasked?.passing ?? 'reported',
    );
  }
  throw new OperatorError(
    `SSISDB is in no availability group on ${asked}`,
    'Perform chapter 4 first, or bring SSISDB back into its group, then retry.',
  );
}

/**
 * Where SSISDB can be written to: at the primary once it is in a group, until then on the node where it is
 * born.
 *
 * Throws a TransientError while a replica exists and none is primary.
 */
export async function homeTarget(ports: Pick<Ports, 'sql'>, replicas: Replicas): Promise<SqlTarget> {
  const { primary, isInGroup, unasked } = await askEveryNode(ports, replicas);
  if (primary) return primary;
  const [first] = replicas.nodes;
  if (first !== undefined && !isInGroup && !unasked) return targetOf(first, replicas);
  throw (
    unasked ??
    new TransientError(`No replica of SSISDB is primary on ${replicas.nodes.join(', ')}`, 'reported')
  );
}

async function askEveryNode({ sql }: Pick<Ports, 'sql'>, replicas: Replicas) {
  let isInGroup = false;
  let unasked: TransientError | null = null;
  for (const node of replicas.nodes) {
    const target = targetOf(node, replicas);
    try {
      const { isPrimary } = await sql.run('getPrimaryState', {}, target);
      if (isPrimary) return { primary: target, isInGroup: true, unasked: null };
      isInGroup ||= isPrimary !== null;
    } catch (error) {
      // One node that is away does not keep the others from saying who is primary.
      if (!(error instanceof TransientError)) throw error;
      unasked ??= error;
    }
  }
  return { primary: null, isInGroup, unasked };
}
