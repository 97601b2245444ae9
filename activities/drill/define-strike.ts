import { placeFacts } from '../facts.ts';
import type { Ports } from '../ports.ts';
import { firstNode, type Site } from '../site.ts';
import type { LookContext } from '../step-spec.ts';
import { defineChange, type Step } from '../step.ts';
import { awaitPackages, bringBack, makeMove, untilNothingIsLeft } from './drill-moves.ts';
import { drillAsStep, drillGroundsOf, leavesExecutions, notBackYet, type DrillSpec } from './drill-spec.ts';
import {
  lookAtStrike,
  nextStrikeMove,
  proveStage,
  sayStages,
  strikeObserved,
  type StrikeMove,
} from './strike-stages.ts';
import { forgetStrike, strikeNow, type Strike, type StrikeKind } from './strike.ts';

/**
 * A drill that breaks something on purpose and lets the estate help itself: on request only, and no part of what a
 * run must show for failover to be proven.
 */
export function defineStrike(spec: DrillSpec<StrikeKind>): Step {
  return defineChange({
    ...drillAsStep(spec),
    patience: { applyMinutes: 180, settleMinutes: 15 },
    takes: (site) => ({
      id: spec.id,
      kind: spec.kind,
      victim: victimOf(site, spec.kind),
      ...drillGroundsOf(site),
    }),

    observed: strikeObserved,
    probe: (ports, input, context) => lookAtStrike(ports, input, context),
    shortfall(seen) {
      const { place, home, roleTroubles, copyTroubles } = seen;
      const open = sayStages(seen);
      return [
        ...open,
        ...notBackYet(place, home),
        ...(open.length === 0 ? [...roleTroubles, ...copyTroubles] : []),
      ];
    },
    facts: ({ place }, input) => placeFacts(place, input),

    async apply(ports, input, context) {
      await untilNothingIsLeft(
        async () => nextStrikeMove(await lookAtStrike(ports, input, context), input),
        (move) => perform(ports, input, move, context),
      );
      await forgetStrike(ports, input);
    },
    undo: {
      async asks(ports, input, context) {
        await bringBack(ports, input, context.before.home, context);
        await forgetStrike(ports, input);
      },
      ...leavesExecutions,
    },
  });
}

async function perform(ports: Ports, strike: Strike, move: StrikeMove, context: LookContext): Promise<void> {
  if (move.kind === 'strike') return strikeNow(ports, strike, context);
  if (move.kind === 'prove') return proveStage(ports, strike, move.stage, context);
  if (move.kind === 'await-package') return awaitPackages(ports, strike, move.reason, context);
  return makeMove(ports, strike, move, context);
}

/** The first node performs the drill, so it is never the one that is lost. */
function victimOf(site: Site, kind: StrikeKind): string {
  const first = firstNode(site).name;
  if (kind === 'service') return first;
  return site.nodes.find(({ name }) => name !== first)?.name ?? first;
}
