import { Hono } from 'hono';
import type { RunClient } from '../../client.ts';
import { reportFile, reportOf } from '../report/make-report.ts';
import { fileName } from '../file-name.ts';
import type { Visit } from '../visit.ts';

/** All of a run as one file to keep. Whoever may look at the run may keep what they see. */
export function reportRoutes(client: RunClient): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/report', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const wish = { by: c.get('visitor').name, nowMs: Date.now() };
    const document = await reportOf(client, ref, wish);
    const name = fileName(`ssis-ha-${document.events[0]?.run?.site ?? ''}-${ref.runId}`, 'html');
    return c.body(reportFile(document), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
