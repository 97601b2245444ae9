import type { RunSight } from './run-sight.ts';
import { PlanTab } from './plan-tab.tsx';
import { StepsView } from './steps-view.tsx';

/** The views of a run, in the order in which they are offered; the page and the report show the same. */
export const VIEWS = {
  steps: { title: 'Steps', component: StepsView },
  plan: { title: 'Plan', component: PlanTab },
} as const satisfies Record<
  string,
  { readonly title: string; readonly component: (sight: RunSight) => unknown }
>;

export type ViewName = keyof typeof VIEWS;

export function isView(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}
