import type { z } from 'zod';
import type {
  Acceptance,
  ChangeKind,
  Fact,
  Interrupted,
  Json,
  Patience,
  TruthCell,
  Warning,
} from '../workflows/contract.ts';
import type { Ports } from './ports.ts';
import type { Site } from './site.ts';
import type { Holding, Placement } from './steps/hosts.ts';

/** What checks and changes have in common. */
export interface Basics<Observed, Input extends Json> {
  /** Never changes once released; titles and places may. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly on: Placement;
  /** Ids that must be done first, on every host or on the same; left out, it is the step listed before. */
  readonly after?: readonly After[];
  /** Further hosts that nobody may touch or restart while the step runs on a host. */
  readonly holds?: Holding;
  readonly skippable?: boolean;
  readonly proves?: 'failover';
  /** The step's slice of the site, at most 1 KB; secrets by reference. */
  readonly takes: (site: Site, host: string) => Input;
  /** The shape of what is seen; it holds no secret and nothing that changes by itself. */
  readonly observed: z.ZodType<Observed>;
  readonly probe: (ports: Ports, input: Input, context: LookContext) => Promise<Observed>;
  /** Facts that a person needs for the answer, beside the shortfall. */
  readonly notes?: (observed: Observed, input: Input) => readonly string[];
  /** What this look tells of the estate as a whole, for the picture of it. */
  readonly facts?: (observed: Observed, input: Input) => readonly Fact[];
}

export type After = string | { readonly sameHost: string };

/** What is missing, one sentence each; empty means in place. */
type Shortfall<Observed, Input extends Json> = (observed: Observed, input: Input) => readonly string[];

export interface CheckSpec<Observed, Input extends Json> extends Basics<Observed, Input> {
  readonly shortfall: Shortfall<Observed, Input>;
  /** What a person should do about a shortfall, in one imperative sentence. */
  readonly advice: string | ((observed: Observed, input: Input) => string);
  /** What places that must agree say. */
  readonly truth?: (observed: Observed, input: Input) => readonly TruthCell[];
  /** What lies ahead. */
  readonly warnings?: (observed: Observed, input: Input) => readonly Warning[];
}

export interface ChangeSpec<Observed, Input extends Json> extends Basics<Observed, Input> {
  readonly shortfall: Shortfall<Observed, Input>;
  /** `once`: a repeat harms, so an error that is reported is put to a person at once. */
  readonly repeat?: 'once';
  readonly patience: Patience;
  readonly interrupts?: readonly Interrupted[];
  /**
   * What kinds of change its questions let happen, where that does not follow from the rest: an interrupted
   * engine is restarted, what is kept cannot be undone.
   */
  readonly kinds?: readonly ChangeKind[];
  /**
   * Whether the gate asks about objects that were there before. Left out, every gate does that depends on what
   * is seen, unless the change is kept.
   */
  readonly changesExisting?: (observed: Observed, input: Input) => boolean;
  /** The question that a person must answer before the change; a function where it depends on what is seen. */
  readonly gate?: string | ((observed: Observed, input: Input) => string | null);
  readonly restartPends?: (observed: Observed) => boolean;
  readonly apply: (ports: Ports, input: Input, context: ApplyContext<Observed>) => Promise<void>;
  readonly undo: Undo<Observed, Input>;
}

/** What a look is told beside its input: a proof must be of this very run. */
export interface LookContext {
  readonly runId: string;
  /** How often a person has let the step start anew, from 1. */
  readonly tries: number;
  /** Warnings that somebody lives with on this host; left out, none. */
  readonly accepted?: readonly Acceptance[];
}

/** What a change is told beside its input. */
export interface ApplyContext<Observed> extends LookContext {
  /** What was seen before the change, under the fence. */
  readonly before: Observed;
  /** Names this run, this step and this try on the host: the folder of its journal. */
  readonly journal: string;
}

/** How a change is taken back. Silence does not compile. */
export type Undo<Observed, Input extends Json> =
  UndoKept | UndoBy<'auto', Observed, Input> | UndoBy<'asks', Observed, Input>;

interface UndoKept {
  /** Why there is none. */
  readonly kept: string;
  readonly residue?: readonly string[];
}

type UndoBy<Kind extends 'auto' | 'asks', Observed, Input extends Json> = {
  readonly [kind in Kind]: (ports: Ports, input: Input, context: ApplyContext<Observed>) => Promise<void>;
} & {
  readonly residue?: readonly string[];
  /** A step on the same host whose change is kept and needs this one: once begun, this one is kept too. */
  readonly keptWith?: { readonly step: string; readonly because: string };
  /** What the step shows is evidence, which stays: that it is still in place says nothing of its undo. */
  readonly leavesEvidence?: true;
};
