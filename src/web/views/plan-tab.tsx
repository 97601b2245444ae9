import { PlanView } from './plan-view.tsx';
import type { RunSight } from './run-sight.ts';

/** The plan of a run, with what is known of it by now. */
export function PlanTab({ plan, run }: RunSight) {
  if (plan === null) return <p class="empty">The plan is being made, or nobody is there who knows it.</p>;
  return <PlanView plan={plan} run={run} />;
}
