import type { Interrupted } from '../../workflows/contract.ts';
import { quiesceOf } from '../quiesce.ts';
import { fullName, versionSuffix, type Site } from '../site.ts';
import { defineChange, type Step } from '../step.ts';
import { everyNode, theFirstNode } from '../steps/hosts.ts';
import { drillObserved, lookAtDrill } from './look-at-drill.ts';
import { bringBack } from './drill-moves.ts';
import { performDrill } from './perform-drill.ts';
import { sayPlace, type DrillKind } from './stations.ts';

/** What one drill is, beside what all drills have in common. */
export interface DrillSpec {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly kind: DrillKind;
  readonly after: readonly string[];
  /** Whether the site wants it. */
  readonly isWanted: (site: Site) => boolean;
  readonly question: string;
  readonly interrupts: readonly Interrupted[];
}

/**
 * A drill moves what would move by itself in an emergency, proves at every place that Scale Out still works, and
 * brings everything back. A drill of an earlier run proves nothing for this one. Its executions are its memory, so
 * it carries on after whatever interrupts it.
 */
export function defineDrill({ isWanted, question, ...spec }: DrillSpec): Step {
  return defineChange({
    ...spec,
    on: (site) => (isWanted(site) ? theFirstNode(site) : []),
    holds: everyNode,
    proves: 'failover',
    skippable: true,
    patience: { applyMinutes: 180, settleMinutes: 10 },
    takes: (site) => ({
      id: spec.id,
      kind: spec.kind,
      name: site.scaleOutMaster.name,
      fullName: fullName(site.scaleOutMaster.name, site),
      port: site.scaleOutMaster.port,
      addresses: site.scaleOutMaster.addresses.map(({ ip }) => ip),
      suffix: versionSuffix(site),
      group: site.availabilityGroup.name,
      replicas: { ...quiesceOf(site) },
    }),

    observed: drillObserved,
    probe: (ports, input, context) => lookAtDrill(ports, input, context),
    shortfall({ place, home, stations, troubles }) {
      if (stations.length === 0) return ['There is no second node that everything could move to'];
      const open = stations.filter(({ standing }) => standing !== 'good');
      const isHome = place.role === home.role && place.primary === home.primary;
      return [
        ...open.map((station) => `Not proven in this run: ${sayPlace(station)}`),
        ...(isHome ? [] : [`Not back yet: ${sayPlace(place)}, not ${sayPlace(home)}`]),
        ...(open.length === 0 ? troubles : []),
      ];
    },
    gate: question,

    apply: (ports, input, context) => performDrill(ports, input, context),
    undo: {
      asks: (ports, input, context) => bringBack(ports, input, context.before.home, context),
      leavesEvidence: true,
      residue: ['the executions of the probe package in the history of SSISDB'],
    },
  });
}
