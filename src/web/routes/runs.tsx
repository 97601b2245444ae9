import { Hono, type Context } from 'hono';
import type { RunClient, RunRef } from '../../client.ts';
import { LivePages, type PageSource } from '../live/live-pages.ts';
import { liveStream } from '../live/live-stream.ts';
import { RunFeeds } from '../live/run-feeds.ts';
import { RunsFeed } from '../live/runs-feed.ts';
import { page } from '../pages/page.ts';
import { LiveQuestion } from '../pages/question-page.tsx';
import { LiveRun, RunPage } from '../pages/run-page.tsx';
import { LiveRuns, RunsPage } from '../pages/runs-page.tsx';
import type { Sights } from '../sights.ts';
import type { Visit } from '../visit.ts';
import { rendered } from '../views/rendered.ts';
import type { RunSight } from '../views/run-sight.ts';
import { isView, VIEWS, type Reads } from '../views/views.ts';
import type { Visitor } from '../visitor.ts';

/** The list of runs, each run with its views, and what keeps them live. */
export function runRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  const live = new LivePages();
  const feeds = new RunFeeds(client);
  const runsFeed = new RunsFeed(client, feeds);
  const searchIn = (c: Context<Visit>) => c.req.query('q') ?? '';
  app.get('/', async (c) =>
    page(c, <RunsPage runs={await client.list()} search={searchIn(c)} visitor={c.get('visitor')} />),
  );
  app.get('/live', (c) => {
    const search = searchIn(c);
    return liveStream(c, (send) => live.follow(JSON.stringify([search]), allRuns(search), send));
  });
  app.get('/runs/:run', (c) => c.redirect(`/runs/${c.req.param('run')}/steps`));
  app.get('/runs/:run/live', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const visitor = c.get('visitor');
    const shown = shownLive(c, visitor);
    const key = JSON.stringify([ref.runId, shown.key, visitor]);
    return liveStream(c, (send) => live.follow(key, oneRun(ref, shown), send));
  });
  app.get('/runs/:run/:view', async (c, next) => {
    const view = c.req.param('view');
    if (!isView(view)) return next();
    const sight = await sights.of(await client.find(c.req.param('run')), VIEWS[view].reads);
    const only = onlyOf(c.req.query('only'));
    return page(c, <RunPage sight={{ ...sight, ...only }} view={view} visitor={c.get('visitor')} />);
  });
  return app;

  function allRuns(search: string): PageSource {
    return ({ show, trouble }) =>
      runsFeed.follow((told) => {
        const { runs } = told;
        trouble(told.trouble);
        if (runs !== null) show(async () => rendered(<LiveRuns runs={runs} search={search} />));
      });
  }

  function oneRun(ref: RunRef, { reads, render }: ShownLive): PageSource {
    return ({ show, trouble, over }) =>
      feeds.follow(ref, (told) => {
        const { run } = told;
        trouble(told.trouble);
        if (run === null) return;
        show(async () => render(await sights.of(ref, reads, run)));
        if (run.endedAt !== null) over();
      });
  }
}

function onlyOf(asked: string | undefined): Pick<RunSight, 'only'> {
  return asked === 'decisions' ? { only: asked } : {};
}

/** What of a run a browser follows. */
interface ShownLive {
  /** The same for all who see the same. */
  readonly key: readonly unknown[];
  readonly reads: Reads;
  readonly render: (sight: RunSight) => string;
}

/** One of its questions, else one of its views. */
function shownLive(c: Context<Visit>, visitor: Visitor): ShownLive {
  const questionId = c.req.query('question');
  if (questionId !== undefined) {
    const render = (sight: RunSight) =>
      rendered(<LiveQuestion sight={sight} questionId={questionId} visitor={visitor} />);
    return { key: ['question', questionId], reads: 'snapshot', render };
  }
  const asked = c.req.query('view') ?? '';
  const view = isView(asked) ? asked : 'steps';
  const only = onlyOf(c.req.query('only'));
  const render = (sight: RunSight) =>
    rendered(<LiveRun sight={{ ...sight, ...only }} view={view} visitor={visitor} />);
  return { key: [view, only], reads: VIEWS[view].reads, render };
}
