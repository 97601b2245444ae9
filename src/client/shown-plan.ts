import type { Plan } from '../../workflows/contract.ts';

/** A plan for those who look at it: without how the estate is reached. */
export type ShownPlan = Omit<Plan, 'access'>;

/** Without the inputs of its steps too, which name where secrets are kept: what may leave the house. */
export function planToShow({ access: _access, ...plan }: Plan): ShownPlan {
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, input: null })) };
}
