import type { Json, Warning } from '../../workflows/contract.ts';
import type { CheckSpec } from '../step-spec.ts';
import { defineCheck, type Step } from '../step.ts';

interface ForesightSpec<Observed, Input extends Json> extends Omit<
  CheckSpec<Observed, Input>,
  'shortfall' | 'advice' | 'truth' | 'warnings'
> {
  readonly warnings: (observed: Observed, input: Input) => readonly Warning[];
}

/** A check of what lies ahead: it misses nothing but what is over already. */
export function defineForesight<Observed extends Json, Input extends Json>(
  spec: ForesightSpec<Observed, Input>,
): Step {
  const over = (observed: Observed, input: Input) =>
    spec.warnings(observed, input).filter(({ isOver }) => isOver);
  return defineCheck({
    ...spec,
    shortfall: (observed, input) => over(observed, input).map(({ message }) => message),
    advice: (observed, input) => [...new Set(over(observed, input).map(({ advice }) => advice))].join(' '),
  });
}

/** A warning of what is so today, and no matter of time. */
export function warning(where: string, message: string, advice: string): Warning {
  return { where, message, advice, daysLeft: 0, isOver: false };
}
