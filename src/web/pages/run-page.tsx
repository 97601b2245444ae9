import type { Visitor } from '../visitor.ts';
import { QuestionsView } from '../views/questions-view.tsx';
import { RunHead } from '../views/run-head.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { VIEWS, type ViewName } from '../views/views.ts';
import { Layout } from './layout.tsx';
import { Refused } from './refused.tsx';

interface RunPageProps {
  readonly sight: RunSight;
  readonly view: ViewName;
  readonly visitor: Visitor;
  /** Why the last answer was not taken. */
  readonly refused?: string | null;
  /** The reason that was given with it. */
  readonly wrote?: string;
}

/** One run: where it stands, what it asks, and one of its views. */
export function RunPage({ sight, view, visitor, refused = null, wrote = '' }: RunPageProps) {
  const { run } = sight;
  const only = sight.only === undefined ? [] : [`only=${sight.only}`];
  // Nothing brings the title of a live page up to date: only what is over has its state there.
  const title = run.endedAt === null ? run.site : `${run.site}: ${run.state}`;
  const moving = {
    live: [`/runs/${run.runId}/live?view=${view}`, ...only].join('&'),
    self: [`/runs/${run.runId}/${view}`, ...only].join('?'),
    isHeld: run.questions.length > 0 || refused !== null,
  };
  return (
    <Layout
      title={title}
      visitor={visitor}
      trouble={sight.silence ?? null}
      {...(run.endedAt === null ? moving : {})}
    >
      <Refused why={refused} wrote={wrote} />
      <LiveRun sight={sight} view={view} visitor={visitor} />
    </Layout>
  );
}

/** What moves of the page. */
export function LiveRun({ sight, view, visitor }: Omit<RunPageProps, 'refused' | 'wrote'>) {
  const View = VIEWS[view].component;
  const { runId } = sight.run;
  return (
    <div id="live">
      <RunHead {...sight} />
      <QuestionsView sight={sight} visitor={visitor} />
      <nav class="views" aria-label="Views">
        {(Object.keys(VIEWS) as ViewName[]).map((name) => (
          <a href={`/runs/${runId}/${name}`} {...(name === view ? { 'aria-current': 'page' } : {})}>
            {VIEWS[name].title}
          </a>
        ))}
        <a href={`/runs/${runId}/ahead`}>Ahead of time</a>
        <a href={`/runs/${runId}/what-if`}>What if I stop now?</a>
        <a href={`/runs/${runId}/report`}>Report</a>
      </nav>
      <section class="view" aria-label={VIEWS[view].title}>
        <View {...sight} />
      </section>
    </div>
  );
}
