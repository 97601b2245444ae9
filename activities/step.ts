import type {
  ChangeKind,
  Fact,
  Interrupted,
  Json,
  Look,
  Patience,
  PlannedStep,
} from '../workflows/contract.ts';
import type { Ports } from './ports.ts';
import type { Site } from './site.ts';
import type { After, ApplyContext, Basics, ChangeSpec, CheckSpec, LookContext, Undo } from './step-spec.ts';
import type { Holding, Placement } from './steps/hosts.ts';

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
      const { observed, notes, facts } = await see(spec, ports, input, context);
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
        ...facts,
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
      const { observed, notes, facts } = await see(spec, ports, input, context);
      const shortfall = spec.shortfall(observed, input);
      const restartPends = spec.restartPends?.(observed) ?? false;
      const gate = gateOf(spec, observed, input);
      const existing = changesExisting(spec, observed, input) ? { changesExisting: true } : {};
      return { observed, shortfall, notes, restartPends, gate, ...existing, advice: null, ...facts };
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
  const facts: { readonly facts?: readonly Fact[] } = spec.facts
    ? { facts: spec.facts(observed, input) }
    : {};
  return { observed, notes: spec.notes?.(observed, input) ?? [], facts };
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
