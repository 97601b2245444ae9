import { TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { primaryTarget, targetOf } from '../primary.ts';
import { quiesceCatalog, type Quiesce } from '../quiesce.ts';
import type { LookContext } from '../step-spec.ts';
import { lookAtPlace, type DrillGrounds } from './look-at-place.ts';
import { proofsOf } from './look-at-drill.ts';
import type { Place } from './stations.ts';

export interface Drill extends DrillGrounds {
  readonly id: string;
  readonly replicas: Quiesce;
}

/** What every drill can do. */
export type CommonMove =
  | { readonly kind: 'move-role'; readonly to: string }
  | { readonly kind: 'fail-over'; readonly to: string }
  /** Only time helps. */
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'done' };

/** How long one look waits for the end of a probe package. */
const WAIT_SECONDS = 10;
const LOOK_AGAIN_SECONDS = 2;

/** The way to a place; null where everything is there. */
export function towards(wanted: Place, place: Place): CommonMove | null {
  if (place.role !== wanted.role) return { kind: 'move-role', to: wanted.role };
  if (place.primary !== wanted.primary) return { kind: 'fail-over', to: wanted.primary };
  return null;
}

/** Does what the next look asks for until there is nothing left; what cannot be seen yet is not done twice at once. */
export async function untilNothingIsLeft<Move extends { readonly kind: string }>(
  next: () => Promise<Move>,
  perform: (move: Move) => Promise<void>,
): Promise<void> {
  let last = '';
  for (;;) {
    const move = await next();
    if (move.kind === 'done') return;
    const asked = JSON.stringify(move);
    if (asked === last) {
      throw new TransientError(`${move.kind} has not taken effect yet`, 'busy', LOOK_AGAIN_SECONDS);
    }
    await perform(move);
    last = asked;
  }
}

/** Brings everything back to where it was, and nothing more. */
export function bringBack(ports: Ports, drill: Drill, home: Place, context: LookContext): Promise<void> {
  return untilNothingIsLeft<CommonMove>(
    async () => towards(home, (await lookAtPlace(ports, drill)).place) ?? { kind: 'done' },
    (move) => makeMove(ports, drill, move, context),
  );
}

export async function makeMove(
  ports: Ports,
  drill: Drill,
  move: CommonMove,
  context: LookContext,
): Promise<void> {
  switch (move.kind) {
    case 'move-role':
      await ports.powershell.run('moveRole', { role: drill.name, node: move.to });
      return;
    case 'fail-over':
      return failOver(ports, drill, move.to, context);
    case 'wait':
      throw new TransientError(move.reason, 'busy', LOOK_AGAIN_SECONDS);
    case 'done':
      return;
  }
}

/** Waits some seconds for the probe packages of a drill that are under way. */
export async function awaitPackages(
  ports: Ports,
  drill: Drill,
  reason: string,
  { runId }: LookContext,
): Promise<void> {
  const primary = await primaryTarget(ports, drill.replicas);
  const meant = { drill: `${runId}/${drill.id}`, primary, waitSeconds: WAIT_SECONDS };
  const proofs = await proofsOf(ports, meant);
  const isUnderWay = proofs.some(({ status }) => status === 2 || status === 5 || status === 8);
  if (isUnderWay) throw new TransientError(reason, 'busy', LOOK_AGAIN_SECONDS);
}

/**
 * Never with the cluster's tools: only the replica's own statement keeps what is not yet written from being lost.
 * Packages under way come first, since the catalog would mark them as failed while they go on.
 *
 * Source: *Perform a planned manual failover of an availability group*; domain facts, C9.
 */
async function failOver(
  ports: Ports,
  drill: Drill,
  node: string,
  { runId, tries }: LookContext,
): Promise<void> {
  await quiesceCatalog(ports, drill.replicas, { of: `${runId}/${drill.id}`, tries });
  await ports.sql.run('failOverGroup', { group: drill.group }, targetOf(node, drill.replicas));
}
