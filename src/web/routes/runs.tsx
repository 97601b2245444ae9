import { Hono } from 'hono';
import type { RunClient } from '../../client.ts';
import { LivePages } from '../live/live-pages.ts';
import { liveStream } from '../live/live-stream.ts';
import { RunFeeds } from '../live/run-feeds.ts';
import { page } from '../pages/page.ts';
import { LiveRun, RunPage } from '../pages/run-page.tsx';
import { RunsPage } from '../pages/runs-page.tsx';
import type { Sights } from '../sights.ts';
import type { Visit } from '../visit.ts';
import { rendered } from '../views/rendered.ts';
import { isView } from '../views/views.ts';

/** The list of runs, each run with its views, and what keeps them live. */
export function runRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  const live = new LivePages(new RunFeeds(client), sights);
  app.get('/', async (c) =>
    page(
      c,
      <RunsPage runs={await client.list()} search={c.req.query('q') ?? ''} visitor={c.get('visitor')} />,
    ),
  );
  app.get('/runs/:run', (c) => c.redirect(`/runs/${c.req.param('run')}/steps`));
  app.get('/runs/:run/live', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const asked = c.req.query('view') ?? '';
    const view = isView(asked) ? asked : 'steps';
    const visitor = c.get('visitor');
    const key = JSON.stringify([ref.runId, view, visitor]);
    return liveStream(c, (send) =>
      live.follow(
        {
          ref,
          key,
          render: (sight) => rendered(<LiveRun sight={sight} view={view} visitor={visitor} />),
        },
        send,
      ),
    );
  });
  app.get('/runs/:run/:view', async (c, next) => {
    const view = c.req.param('view');
    if (!isView(view)) return next();
    const sight = await sights.of(await client.find(c.req.param('run')));
    return page(c, <RunPage sight={sight} view={view} visitor={c.get('visitor')} />);
  });
  return app;
}
