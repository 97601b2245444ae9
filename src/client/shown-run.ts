import type { RunSnapshot, StepSnapshot } from '../../workflows/contract.ts';

/** A step that is being tried again, which a query of the run cannot see. */
export interface Waiting {
  /** The attempt that comes next or is under way, from 2. */
  readonly attempt: number;
  /** What the one before failed with. */
  readonly message: string;
  /** ISO 8601; null while the attempt is under way. */
  readonly nextAt: string | null;
}

export interface ShownStep extends StepSnapshot {
  readonly waiting: Waiting | null;
}

/** A run's snapshot with what only the server knows of its steps. */
export type ShownRun = Omit<RunSnapshot, 'steps'> & { readonly steps: readonly ShownStep[] };

export function withWaiting(snapshot: RunSnapshot, waiting: ReadonlyMap<string, Waiting>): ShownRun {
  const steps = snapshot.steps.map((step) => ({ ...step, waiting: waiting.get(step.key) ?? null }));
  return { ...snapshot, steps };
}

/** A later snapshot, with what the server last told of steps that are as they were then. */
export function stillWaiting(snapshot: RunSnapshot, before: ShownRun): ShownRun {
  const known = new Map(before.steps.map((step) => [step.key, step]));
  const steps = snapshot.steps.map((step) => {
    const last = known.get(step.key);
    return { ...step, waiting: last?.state === step.state ? last.waiting : null };
  });
  return { ...snapshot, steps };
}
