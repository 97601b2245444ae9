import type { Interrupted } from '../../workflows/contract.ts';
import { quiesceOf } from '../quiesce.ts';
import { fullName, versionSuffix, type Site } from '../site.ts';
import { everyNode, theFirstNode } from '../steps/hosts.ts';
import { isAt, sayPlace, type Place } from './stations.ts';

/** What one drill is, beside what all drills have in common. */
export interface DrillSpec<Kind extends string> {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly kind: Kind;
  readonly after: readonly string[];
  /** Whether the site wants it. */
  readonly isWanted: (site: Site) => boolean;
  readonly question: string;
  readonly interrupts: readonly Interrupted[];
}

/** What every drill is as a step: the first node performs it, and all nodes are held meanwhile. */
export function drillAsStep<Kind extends string>({ isWanted, question, ...spec }: DrillSpec<Kind>) {
  return {
    ...spec,
    on: (site: Site) => (isWanted(site) ? theFirstNode(site) : []),
    holds: everyNode,
    skippable: true,
    kinds: ['failover' as const],
    gate: question,
  };
}

/** What every drill needs to know of the site. */
export function drillGroundsOf(site: Site) {
  return {
    name: site.scaleOutMaster.name,
    fullName: fullName(site.scaleOutMaster.name, site),
    port: site.scaleOutMaster.port,
    addresses: site.scaleOutMaster.addresses.map(({ ip }) => ip),
    suffix: versionSuffix(site),
    group: site.availabilityGroup.name,
    replicas: { ...quiesceOf(site) },
  };
}

/** What lacks while a drill has not brought everything back. */
export function notBackYet(place: Place, home: Place): string[] {
  return isAt(place, home) ? [] : [`Not back yet: ${sayPlace(place)}, not ${sayPlace(home)}`];
}

/** What the undo of every drill leaves behind: what was proven stays proven. */
export const leavesExecutions = {
  leavesEvidence: true,
  residue: ['the executions of the probe package in the history of SSISDB'],
} as const;
