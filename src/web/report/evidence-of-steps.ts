import type { Decision, Problem, RunSnapshot, StepSnapshot, StepState } from '../../../workflows/contract.ts';
import { afterEvent } from '../../../workflows/journal/changes.ts';
import type { RunEvent } from '../../../workflows/journal/event.ts';

/** All that the events of a run tell of one of its steps. */
export interface StepEvidence {
  /** As it stood last. */
  readonly step: StepSnapshot;
  readonly passed: readonly Passed[];
  /** What was missing when it was looked at, each different list once. */
  readonly missed: readonly Told<readonly string[]>[];
  readonly problems: readonly Told<Problem>[];
  readonly decisions: readonly Decision[];
}

/** A state that the step came into. */
export interface Passed {
  readonly n: number;
  readonly at: string;
  readonly state: StepState;
  /** How often a person had let it start anew. */
  readonly tries: number;
}

export interface Told<Content> {
  readonly n: number;
  readonly at: string;
  readonly content: Content;
}

interface Growing {
  readonly passed: Passed[];
  readonly missed: Told<readonly string[]>[];
  readonly problems: Told<Problem>[];
}

/** The steps in the order of the plan, each with what there is to know of it. */
export function evidenceOfSteps(events: readonly RunEvent[]): readonly StepEvidence[] {
  const found = new Map<string, Growing>();
  let known: RunSnapshot | null = null;
  for (const event of events) {
    const after: RunSnapshot = afterEvent(known, event);
    const changed = new Set(event.steps?.map(({ key }) => key));
    for (const step of after.steps.filter(({ key }) => changed.has(key))) {
      const growing = found.get(step.key) ?? { passed: [], missed: [], problems: [] };
      found.set(step.key, growing);
      grow(growing, step, event);
    }
    known = after;
  }
  const decisions = known?.decisions ?? [];
  return (known?.steps ?? []).map((step) => ({
    ...(found.get(step.key) ?? { passed: [], missed: [], problems: [] }),
    step,
    decisions: decisions.filter(({ stepKey }) => stepKey === step.key),
  }));
}

function grow({ passed, missed, problems }: Growing, step: StepSnapshot, { n, at }: RunEvent): void {
  const { state, tries, shortfall, problem } = step;
  const last = passed.at(-1);
  if (last?.state !== state || last.tries !== tries) passed.push({ n, at, state, tries });
  if (shortfall.length > 0 && !isSame(missed.at(-1)?.content, shortfall)) {
    missed.push({ n, at, content: shortfall });
  }
  if (problem !== null && !isSame(problems.at(-1)?.content, problem))
    problems.push({ n, at, content: problem });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
