import { QuestionsView } from '../views/questions-view.tsx';
import { RunHead } from '../views/run-head.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { VIEWS, type ViewName } from '../views/views.ts';

/* What the file shows of one moment; its script shows others by the very same functions. */

export const VIEW_NAMES = Object.keys(VIEWS) as ViewName[];

export function viewIdOf(name: ViewName): string {
  return `view-${name}`;
}

/** Where the run stands, and what it asks. */
export function MomentHead({ sight }: { readonly sight: RunSight }) {
  return (
    <div id="moment-head">
      <RunHead {...sight} />
      <QuestionsView sight={sight} visitor={null} />
    </div>
  );
}

export function MomentView({ name, sight }: { readonly name: ViewName; readonly sight: RunSight }) {
  const { title, component: View } = VIEWS[name];
  return (
    <section class="view" id={viewIdOf(name)} aria-labelledby={`${viewIdOf(name)}-title`}>
      <h2 id={`${viewIdOf(name)}-title`}>{title}</h2>
      <View {...sight} />
    </section>
  );
}
