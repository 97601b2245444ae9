import type { Access } from '../../workflows/contract.ts';
import { roadToEngine } from '../engine-road.ts';
import { OperatorError, TransientError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { targetOf } from '../primary.ts';
import { sameName } from '../same-name.ts';
import type { SqlResult } from '../scripts/index.ts';

type Replica = NonNullable<SqlResult<'getGroupHealth'>['group']>['replicas'][number];

/** The availability group, as its primary sees it, from a host that has a replica of it. */
export interface GroupView {
  readonly name: string;
  readonly isPrimary: boolean;
  readonly primary: { readonly server: string; readonly target: SqlTarget };
  readonly own: Replica;
  readonly others: readonly Replica[];
}

/**
 * Looks at the group from this host; null where the host has no part in it, or its engine cannot be asked and
 * so carries nothing.
 *
 * Throws a TransientError while the group is resolving.
 */
export async function seeGroup(ports: Ports, access: Access): Promise<GroupView | null> {
  const { group: name, instance, tls } = access;
  const road = await roadToEngine(ports, {
    instance: instance.name,
    port: instance.port,
    verifies: tls.verify,
  });
  if (road !== 'open') return null;
  const { server, group } = await ports.sql.run('getGroupHealth', { group: name });
  if (group === null) return null;
  if (group.primary === null) throw new TransientError(`No replica of ${name} is primary`, 'reported', 15);
  const isPrimary = sameName(group.primary, server);
  const target = targetOfServer(group.primary, access);
  const { replicas } = isPrimary ? group : await replicasAt(ports, name, target);
  const own = replicas.find((replica) => sameName(replica.server, server));
  if (!own)
    throw new TransientError(`${group.primary} does not know ${server} as a replica of ${name}`, 'reported');
  const others = replicas.filter((replica) => replica !== own);
  return { name, isPrimary, primary: { server: group.primary, target }, own, others };
}

/**
 * The replica that carries the group meanwhile: synchronized and ready, so that nothing is lost.
 *
 * Throws an OperatorError where there is none. Source: domain facts, C9, *A node*, 1.
 */
export function standIn({ name, own, others, primary }: GroupView): Replica {
  const able = others.filter(
    (replica) => replica.isConnected && replica.isSynchronized && replica.isFailoverReady,
  );
  const found = able.find(({ server }) => sameName(server, primary.server)) ?? able[0];
  if (found) return found;
  throw new OperatorError(
    `Without ${own.server} no replica of ${name} would be synchronized and ready to fail over`,
    'Bring another replica to SYNCHRONIZED, then retry.',
  );
}

/** Where a replica's instance listens: all have the same port. */
export function targetOfServer(server: string, { nodes, domain, instance }: Access): SqlTarget {
  const [host = server] = server.split('\\');
  return targetOf(host, { nodes, domain, port: instance.port });
}

async function replicasAt({ sql }: Ports, name: string, target: SqlTarget) {
  const { group } = await sql.run('getGroupHealth', { group: name }, target);
  if (group) return group;
  throw new TransientError(`${target.server} does not know ${name} any more`, 'reported');
}
