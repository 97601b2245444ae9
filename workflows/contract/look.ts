/* What a look at the world tells. */

import type { Fact, FactsSeen } from './facts.ts';
import type { Json } from './words.ts';

/** Who lives with a warning, why, and until when. */
export interface AcceptedBy {
  readonly by: string;
  readonly reason: string;
  /** The last day on which it counts: `2030-12-31`. */
  readonly until: string;
}

/** A warning that the site file accepts. */
export interface Acceptance extends AcceptedBy {
  /** Name of the warning. */
  readonly finding: string;
  /** Null: on every host. */
  readonly host: string | null;
  /** Of a restart that pends: the source, or a key or file that it names; null: all. */
  readonly source: string | null;
}

/** Something that a check found: an error stops the run, a warning is a risk that a person may take. */
export interface Finding {
  /** Its name, by which a site file accepts a warning. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly host: string;
  readonly seen: string;
  /** One imperative sentence. */
  readonly advice: string;
  /** Key of the step that it would break, if the plan has one. */
  readonly breaks: string | null;
  /** Line and file of the requests to others that ask for it; null where it is nobody else's. */
  readonly sheet: string | null;
  readonly accepted: AcceptedBy | null;
  /** Of a restart that pends: its source, and the key, file or setup that says so. */
  readonly restart?: { readonly source: string; readonly says: string };
}

/** As a look answers it, which knows nothing of the plan. */
export type FoundFinding = Omit<Finding, 'breaks'> & {
  /** Ids of the steps that it may break, the most telling first. */
  readonly breaks: readonly string[];
};

/** What one of the places that must agree says. */
export interface TruthCell {
  /** Which place; each step that looks at places says which it tells of. */
  readonly place: string;
  /** Where it was read: the name of a host, `primary` or `cluster`. */
  readonly where: string;
  /** Null where nothing is set there. */
  readonly value: string | null;
  /** Null where nothing says what it should be. */
  readonly wanted: string | null;
  readonly agrees: boolean;
  /** Key of the step that sees to this place. */
  readonly mendedBy: string;
}

/** Something that has not gone wrong yet, or just has. */
export interface Warning {
  /** Host, `primary` or `cluster`. */
  readonly where: string;
  readonly message: string;
  readonly advice: string;
  /** Days that are left; 0 where it is no matter of time. */
  readonly daysLeft: number;
  /** It has gone wrong already. */
  readonly isOver: boolean;
}

/** What a look tells beside its shortfall, where its step looks at places that must agree, ahead, or for findings. */
export interface Told {
  readonly truth?: readonly TruthCell[];
  readonly warnings?: readonly Warning[];
  /** Of a check that tells its findings one by one. */
  readonly findings?: readonly Finding[];
  /** Of a step that sees something of the estate as a whole. */
  readonly seen?: FactsSeen;
}

/** What a probe or a settling look answers. */
export interface Look extends Omit<Told, 'findings' | 'seen'> {
  readonly observed: Json;
  /** What is missing, one sentence each; empty means that the step is in place. */
  readonly shortfall: readonly string[];
  readonly restartPends: boolean;
  /** The question that a person must answer before the change, or null. */
  readonly gate: string | null;
  /** The gate asks about objects that were there before. */
  readonly changesExisting?: boolean;
  /** Facts that a person needs for the answer, beside the shortfall. */
  readonly notes: readonly string[];
  /** What a person should do about the shortfall of a check, in one imperative sentence. */
  readonly advice: string | null;
  /** Of a check that tells its findings one by one; its gate asks about the warnings that nobody accepted. */
  readonly findings?: readonly FoundFinding[];
  readonly facts?: readonly Fact[];
}
