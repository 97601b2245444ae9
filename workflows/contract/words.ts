/* What runs, steps, questions and answers may be. */

export const RUN_STATES = [
  'planning',
  'running',
  'waiting',
  'undoing',
  'done',
  'failed',
  'undone',
  'stopped',
  'rehearsed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export const STEP_STATES = [
  'pending',
  'probing',
  'asking',
  'applying',
  'waiting-for-window',
  'restarting',
  'settling',
  'changed',
  'in-place',
  'skipped',
  'stuck',
  'undone',
  'kept',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Somebody works at the step. */
export function isMoving({ state }: { readonly state: StepState }): boolean {
  return ['probing', 'applying', 'restarting', 'settling'].includes(state);
}

/** Nothing more happens to the step, unless the run is undone. */
export function isSettled({ state }: { readonly state: StepState }): boolean {
  return ['changed', 'in-place', 'skipped', 'undone', 'kept'].includes(state);
}

/** `verify`: looks at a finished estate, whether its places agree and what lies ahead; changes nothing. */
export type Mode = 'perform' | 'rehearse' | 'verify';
export type Verdict = 'approve' | 'reject' | 'retry' | 'skip' | 'undo' | 'stop';
export type About = 'gate' | 'restart' | 'stuck' | 'undo';
export type Interrupted = 'engine' | 'host' | 'workers';
export type ProblemKind = 'operator' | 'transient' | 'bug';
export type Proof = 'failover proven' | 'failover not proven';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
