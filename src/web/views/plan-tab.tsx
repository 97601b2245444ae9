import { PlanView } from './plan-view.tsx';
import type { RunSight } from './run-sight.ts';

/** The plan of a run, with what is known of it by now. */
export function PlanTab({ plan, run }: RunSight) {
  if (plan === null) return <p class="empty">There is no plan yet, or the server does not tell it.</p>;
  return <PlanView plan={plan} run={run} />;
}
