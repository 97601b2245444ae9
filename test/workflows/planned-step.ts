import type { PlannedStep } from '../../workflows/contract.ts';

/** A planned step of which only what matters to the test is said. */
export function plannedStep(said: Partial<PlannedStep>): PlannedStep {
  return {
    key: 'step@HOST',
    id: 'step',
    host: 'HOST',
    chapter: 1,
    title: 'Step',
    why: 'Because.',
    kind: 'change',
    queue: 'host:HOST',
    after: [],
    holds: ['HOST'],
    interrupts: [],
    kinds: [],
    asks: 'never',
    skippable: false,
    proves: null,
    undo: { kind: 'auto', residue: [], keptWith: null },
    patience: { applyMinutes: 1, settleMinutes: 1 },
    input: {},
    ...said,
  };
}
