import { TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { primaryTarget, targetOf } from '../primary.ts';
import { evidenceOf, PROBE } from '../proof/evidence.ts';
import { quiesceCatalog, type Quiesce } from '../quiesce.ts';
import type { LookContext } from '../step.ts';
import { evidencePrefix } from './evidence-of-drill.ts';
import { lookAtDrill, lookAtPlace, proofsOf, type DrillGrounds } from './look-at-drill.ts';
import { nextMove, towards, type Move } from './next-move.ts';
import type { DrillKind, Place } from './stations.ts';

export interface Drill extends DrillGrounds {
  readonly id: string;
  readonly kind: DrillKind;
  readonly replicas: Quiesce;
}

/** How long one look waits for the end of a probe package. */
const WAIT_SECONDS = 10;
const LOOK_AGAIN_SECONDS = 2;

/**
 * Goes from place to place and back, as far as it can without waiting for anything but the probe package.
 *
 * Throws a TransientError that says what is waited for; the next attempt goes on from what it sees.
 */
export async function performDrill(ports: Ports, drill: Drill, context: LookContext): Promise<void> {
  let last: Move | null = null;
  for (;;) {
    const move = nextMove(await lookAtDrill(ports, drill, context));
    if (move.kind === 'done') return;
    refuseRepeated(last, move);
    await perform(ports, drill, move, context);
    last = move;
  }
}

/** Brings everything back to where it was, and nothing more. */
export async function bringBack(
  ports: Ports,
  drill: Drill,
  home: Place,
  context: LookContext,
): Promise<void> {
  let last: Move | null = null;
  for (;;) {
    const { place } = await lookAtPlace(ports, drill);
    const move = towards(home, place);
    if (move === null) return;
    refuseRepeated(last, move);
    await perform(ports, drill, move, context);
    last = move;
  }
}

/** What was done and cannot be seen yet is not done again at once. */
function refuseRepeated(last: Move | null, move: Move): void {
  const isRepeated = JSON.stringify(last) === JSON.stringify(move);
  if (isRepeated)
    throw new TransientError(`${move.kind} has not taken effect yet`, 'busy', LOOK_AGAIN_SECONDS);
}

async function perform(ports: Ports, drill: Drill, move: Move, context: LookContext): Promise<void> {
  switch (move.kind) {
    case 'move-role':
      await ports.powershell.run('moveRole', { role: drill.name, node: move.to });
      return;
    case 'fail-over':
      return failOver(ports, drill, move.to, context);
    case 'prove':
      return prove(ports, drill, move, context);
    case 'wait':
      if (!move.packages) throw new TransientError(move.reason, 'busy', LOOK_AGAIN_SECONDS);
      return awaitPackage(ports, drill, move.reason, context);
    case 'done':
      return;
  }
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

async function prove(
  ports: Ports,
  drill: Drill,
  { at, place }: Extract<Move, { kind: 'prove' }>,
  { runId, tries }: LookContext,
): Promise<void> {
  const evidence = evidenceOf(evidencePrefix(`${runId}/${drill.id}`, at, place), tries);
  const primary = await primaryTarget(ports, drill.replicas);
  await ports.sql.run('startProof', { ...PROBE, evidence, agentId: null }, primary);
}

async function awaitPackage(
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
