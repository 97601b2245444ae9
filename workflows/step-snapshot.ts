import type { PlannedStep, StepSnapshot } from './contract.ts';

/** A step as it is shown before its turn has come. */
export function unstarted(step: PlannedStep): StepSnapshot {
  const { key, id, host, chapter, title } = step;
  return {
    key,
    id,
    host,
    chapter,
    title,
    state: 'pending',
    tries: 0,
    startedAt: null,
    endedAt: null,
    shortfall: [],
    problem: null,
    waitsUntil: null,
  };
}
