import type { StepState } from '../../workflows/contract.ts';

const SETTLED: ReadonlySet<StepState> = new Set(['changed', 'in-place', 'skipped', 'undone', 'kept']);
const MOVING: ReadonlySet<StepState> = new Set(['probing', 'applying', 'restarting', 'settling']);

interface Stated {
  readonly state: StepState;
}

export function isSettled({ state }: Stated): boolean {
  return SETTLED.has(state);
}

export function isMoving({ state }: Stated): boolean {
  return MOVING.has(state);
}
