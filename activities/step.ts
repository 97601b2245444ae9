import type { z } from 'zod';
import type {
  Acceptance,
  ChangeKind,
  Interrupted,
  Json,
  Look,
  Patience,
  PlannedStep,
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

/** How a change is taken back, before it is placed on a host. */
export type UndoPolicy =
  | { readonly kind: 'kept'; readonly reason: string; readonly residue: readonly string[] }
  | {
      readonly kind: 'auto' | 'asks';
      readonly residue: readonly string[];
      readonly keptWith: { readonly step: string; readonly because: string } | null;
    };

/** A step of the procedure as the rest of the program sees it: its shapes are its own affair. */
export interface Step {
  readonly id: string;
  readonly kind: 'check' | 'change';
  readonly title: string;
  readonly why: string;
  readonly on: Placement;
  readonly after: readonly After[] | null;
  readonly holds: Holding | null;
  readonly skippable: boolean;
  readonly proves: 'failover' | null;
  readonly once: boolean;
  readonly patience: Patience;
  readonly interrupts: readonly Interrupted[];
  readonly kinds: readonly ChangeKind[];
  readonly asks: PlannedStep['asks'];
  /** It may find that its host must restart before it can go on. */
  readonly mayRestart: boolean;
  readonly undoPolicy: UndoPolicy;
  readonly takes: (site: Site, host: string) => Json;
  readonly look: (ports: Ports, input: Json, context: LookContext) => Promise<Look>;
  readonly apply: (ports: Ports, input: Json, context: ApplyContext<Json>) => Promise<void>;
  readonly undo: ((ports: Ports, input: Json, context: ApplyContext<Json>) => Promise<void>) | null;
  /** After its undo it may look as if it were still in place. */
  readonly leavesEvidence: boolean;
}

const NO_PATIENCE_NEEDED: Patience = { applyMinutes: 1, settleMinutes: 1 };

/** A step that looks and judges, and changes nothing. */
export function defineCheck<Observed extends Json, Input extends Json>(
  spec: CheckSpec<Observed, Input>,
): Step {
  return {
    ...commonOf(spec),
    ...changesNothing(spec.id),
    takes: spec.takes,
    look: async (ports, given, context) => {
      const input = given as Input;
      const { observed, notes } = await see(spec, ports, input, context);
      const shortfall = spec.shortfall(observed, input);
      const advice = typeof spec.advice === 'string' ? spec.advice : spec.advice(observed, input);
      return {
        observed,
        shortfall,
        notes,
        restartPends: false,
        gate: null,
        advice,
        ...(spec.truth && { truth: spec.truth(observed, input) }),
        ...(spec.warnings && { warnings: spec.warnings(observed, input) }),
      };
    },
  };
}

/** What a step that only looks has in common with every other. */
export function changesNothing(id: string) {
  return {
    kind: 'check',
    once: false,
    patience: NO_PATIENCE_NEEDED,
    interrupts: [],
    kinds: [],
    asks: 'never',
    mayRestart: false,
    undoPolicy: { kind: 'auto', residue: [], keptWith: null },
    apply: () => Promise.reject(new TypeError(`${id} is a check and changes nothing`)),
    undo: null,
    leavesEvidence: false,
  } as const;
}

/** A step that looks, judges, changes and can say how it is taken back. */
export function defineChange<Observed extends Json, Input extends Json>(
  spec: ChangeSpec<Observed, Input>,
): Step {
  return {
    ...commonOf(spec),
    kind: 'change',
    once: spec.repeat === 'once',
    patience: spec.patience,
    interrupts: spec.interrupts ?? [],
    kinds: kindsOf(spec),
    asks: asksOf(spec),
    mayRestart: spec.restartPends !== undefined,
    undoPolicy: policyOf(spec.undo),
    takes: spec.takes,
    look: async (ports, given, context) => {
      const input = given as Input;
      const { observed, notes } = await see(spec, ports, input, context);
      const shortfall = spec.shortfall(observed, input);
      const restartPends = spec.restartPends?.(observed) ?? false;
      const gate = gateOf(spec, observed, input);
      const existing = changesExisting(spec, observed, input) ? { changesExisting: true } : {};
      return { observed, shortfall, notes, restartPends, gate, ...existing, advice: null };
    },
    apply: (ports, input, context) => spec.apply(ports, input as Input, remembered(spec, context)),
    undo: undoOf(spec),
    leavesEvidence: 'leavesEvidence' in spec.undo,
  };
}

export function commonOf<Observed, Input extends Json>(spec: Basics<Observed, Input>) {
  return {
    id: spec.id,
    title: spec.title,
    why: spec.why,
    on: spec.on,
    after: spec.after ?? null,
    holds: spec.holds ?? null,
    skippable: spec.skippable ?? false,
    proves: spec.proves ?? null,
  };
}

export async function see<Observed, Input extends Json>(
  spec: Basics<Observed, Input>,
  ports: Ports,
  input: Input,
  context: LookContext,
) {
  const observed = spec.observed.parse(await spec.probe(ports, input, context));
  return { observed, notes: spec.notes?.(observed, input) ?? [] };
}

function kindsOf<Observed, Input extends Json>(spec: ChangeSpec<Observed, Input>): ChangeKind[] {
  const { kinds = [], interrupts = [], undo } = spec;
  const restartsEngine = interrupts.includes('engine') && !kinds.includes('failover');
  return [
    ...kinds,
    ...(restartsEngine ? ['engine-restart' as const] : []),
    ...('kept' in undo ? ['not-undoable' as const] : []),
  ];
}

function changesExisting<Observed, Input extends Json>(
  spec: ChangeSpec<Observed, Input>,
  observed: Observed,
  input: Input,
): boolean {
  if (gateOf(spec, observed, input) === null) return false;
  if (spec.changesExisting) return spec.changesExisting(observed, input);
  return typeof spec.gate === 'function' && !('kept' in spec.undo);
}

function asksOf<Observed, Input extends Json>(spec: ChangeSpec<Observed, Input>): PlannedStep['asks'] {
  if (spec.gate === undefined) return spec.restartPends ? 'sometimes' : 'never';
  return typeof spec.gate === 'string' ? 'always' : 'sometimes';
}

function gateOf<Observed, Input extends Json>(
  spec: ChangeSpec<Observed, Input>,
  observed: Observed,
  input: Input,
): string | null {
  if (typeof spec.gate === 'function') return spec.gate(observed, input);
  return spec.gate ?? null;
}

/** The same plan, and so the same build, made the memory: what comes out of history has the step's shape. */
function remembered<Observed, Input extends Json>(
  spec: ChangeSpec<Observed, Input>,
  context: ApplyContext<Json>,
): ApplyContext<Observed> {
  return { ...context, before: spec.observed.parse(context.before) };
}

function policyOf<Observed, Input extends Json>(undo: Undo<Observed, Input>): UndoPolicy {
  const residue = undo.residue ?? [];
  if ('kept' in undo) return { kind: 'kept', reason: undo.kept, residue };
  return { kind: 'auto' in undo ? 'auto' : 'asks', residue, keptWith: undo.keptWith ?? null };
}

function undoOf<Observed, Input extends Json>(spec: ChangeSpec<Observed, Input>): Step['undo'] {
  const { undo } = spec;
  if ('kept' in undo) return null;
  const takeBack = 'auto' in undo ? undo.auto : undo.asks;
  return (ports, input, context) => takeBack(ports, input as Input, remembered(spec, context));
}
