import { Hono } from 'hono';
import type { RunClient } from '../../client.ts';
import { reportFile, reportOf } from '../report/make-report.ts';
import type { Visit } from '../visit.ts';

/** All of a run as one file to keep. Whoever may look at the run may keep what they see. */
export function reportRoutes(client: RunClient): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/report', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const wish = { by: c.get('visitor').name, nowMs: Date.now() };
    const document = await reportOf(client, ref, wish);
    const name = fileNameOf(document.events[0]?.run?.site ?? '', ref.runId);
    return c.body(reportFile(document), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}

/** Nothing in it that a file system or a header would take for something else. */
function fileNameOf(site: string, runId: string): string {
  return `ssis-ha-${site}-${runId}.html`.replaceAll(/[^A-Za-z0-9.-]+/g, '_');
}
