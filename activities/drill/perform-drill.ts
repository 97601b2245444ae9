import type { Ports } from '../ports.ts';
import { primaryTarget } from '../primary.ts';
import { evidenceOf, PROBE } from '../proof/evidence.ts';
import type { LookContext } from '../step-spec.ts';
import { awaitPackages, makeMove, untilNothingIsLeft, type Drill as Grounds } from './drill-moves.ts';
import { evidencePrefix } from './evidence-of-drill.ts';
import { lookAtDrill } from './look-at-drill.ts';
import { nextMove, type Move } from './next-move.ts';
import type { DrillKind } from './stations.ts';

export interface Drill extends Grounds {
  readonly kind: DrillKind;
}

/**
 * Goes from place to place and back, as far as it can without waiting for anything but the probe package.
 *
 * Throws a TransientError that says what is waited for; the next attempt goes on from what it sees.
 */
export function performDrill(ports: Ports, drill: Drill, context: LookContext): Promise<void> {
  return untilNothingIsLeft(
    async () => nextMove(await lookAtDrill(ports, drill, context)),
    (move) => perform(ports, drill, move, context),
  );
}

async function perform(ports: Ports, drill: Drill, move: Move, context: LookContext): Promise<void> {
  if (move.kind === 'prove') return prove(ports, drill, move, context);
  if (move.kind === 'await-package') return awaitPackages(ports, drill, move.reason, context);
  return makeMove(ports, drill, move, context);
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
