import type { Interrupted } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { quiesceOf } from '../quiesce.ts';
import { firstNode, fullName, versionSuffix, type Site } from '../site.ts';
import { defineChange, type LookContext, type Step } from '../step.ts';
import { everyNode, theFirstNode } from '../steps/hosts.ts';
import { awaitPackages, bringBack, makeMove, untilNothingIsLeft } from './drill-moves.ts';
import {
  lookAtStrike,
  nextStrikeMove,
  proveStage,
  sayStages,
  strikeObserved,
  type StrikeMove,
} from './strike-stages.ts';
import { forgetStrike, strikeNow, type Strike, type StrikeKind } from './strike.ts';
import { sayPlace } from './stations.ts';

export interface StrikeSpec {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly kind: StrikeKind;
  readonly after: readonly string[];
  readonly isWanted: (site: Site) => boolean;
  readonly question: string;
  readonly interrupts: readonly Interrupted[];
}

/**
 * A drill that breaks something on purpose and lets the estate help itself: on request only, and no part of what a
 * run must show for failover to be proven.
 */
export function defineStrike({ isWanted, question, ...spec }: StrikeSpec): Step {
  return defineChange({
    ...spec,
    on: (site) => (isWanted(site) ? theFirstNode(site) : []),
    holds: everyNode,
    skippable: true,
    patience: { applyMinutes: 180, settleMinutes: 15 },
    takes: (site) => ({
      id: spec.id,
      kind: spec.kind,
      victim: victimOf(site, spec.kind),
      name: site.scaleOutMaster.name,
      fullName: fullName(site.scaleOutMaster.name, site),
      port: site.scaleOutMaster.port,
      addresses: site.scaleOutMaster.addresses.map(({ ip }) => ip),
      suffix: versionSuffix(site),
      group: site.availabilityGroup.name,
      replicas: { ...quiesceOf(site) },
    }),

    observed: strikeObserved,
    probe: (ports, input, context) => lookAtStrike(ports, input, context),
    shortfall(seen) {
      const { place, home, roleTroubles, copyTroubles } = seen;
      const open = sayStages(seen);
      const isHome = place.role === home.role && place.primary === home.primary;
      return [
        ...open,
        ...(isHome ? [] : [`Not back yet: ${sayPlace(place)}, not ${sayPlace(home)}`]),
        ...(open.length === 0 ? [...roleTroubles, ...copyTroubles] : []),
      ];
    },
    gate: question,

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
      leavesEvidence: true,
      residue: ['the executions of the probe package in the history of SSISDB'],
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
