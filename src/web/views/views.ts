import { HistoryView } from './history-view.tsx';
import { PictureView } from './picture-view.tsx';
import { PlanTab } from './plan-tab.tsx';
import type { RunSight } from './run-sight.ts';
import { StepsView } from './steps-view.tsx';
import { TimeView } from './time-view.tsx';

/** What a view needs beside the snapshot. */
export type Reads = 'snapshot' | 'journal';

interface View {
  readonly title: string;
  readonly reads: Reads;
  readonly component: (sight: RunSight) => unknown;
}

/** The views of a run, in the order in which they are offered; the page and the report show the same. */
export const VIEWS = {
  steps: { title: 'Steps', reads: 'journal', component: StepsView },
  time: { title: 'Time', reads: 'journal', component: TimeView },
  picture: { title: 'Picture', reads: 'snapshot', component: PictureView },
  plan: { title: 'Plan', reads: 'snapshot', component: PlanTab },
  history: { title: 'History', reads: 'journal', component: HistoryView },
} as const satisfies Record<string, View>;

export type ViewName = keyof typeof VIEWS;

export function isView(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}
