import type { Json, TruthCell } from '../../workflows/contract.ts';
import type { CheckSpec } from '../step-spec.ts';
import { defineCheck, type Step } from '../step.ts';
import { sentenceOf } from './places.ts';

interface TruthSpec<Observed, Input extends Json> extends Omit<
  CheckSpec<Observed, Input>,
  'shortfall' | 'advice' | 'truth' | 'warnings'
> {
  /** What each place says and should say. */
  readonly truth: (observed: Observed, input: Input) => readonly TruthCell[];
}

/** A check of places that must agree: what it misses are those that do not. */
export function defineTruthCheck<Observed extends Json, Input extends Json>(
  spec: TruthSpec<Observed, Input>,
): Step {
  const differing = (observed: Observed, input: Input) =>
    spec.truth(observed, input).filter(({ agrees }) => !agrees);
  return defineCheck({
    ...spec,
    shortfall: (observed, input) => differing(observed, input).map(sentenceOf),
    advice(observed, input) {
      const keys = [...new Set(differing(observed, input).map(({ mendedBy }) => mendedBy))];
      return `Start a new run: ${keys.join(', ')} mends it, or says what to do. Then retry.`;
    },
  });
}
