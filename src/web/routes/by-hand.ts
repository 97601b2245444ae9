import { strToU8, zipSync } from 'fflate';
import { Hono } from 'hono';
import type { RunClient } from '../../client.ts';
import { fileName } from '../file-name.ts';
import type { Visit } from '../visit.ts';
import { mustBeAllowed } from '../visitor.ts';

/** What a run has left, as files for people, in one archive. */
export function byHandRoutes(client: RunClient): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/by-hand', async (c) => {
    mustBeAllowed(c.get('visitor'), 'export');
    const ref = await client.find(c.req.param('run'));
    const { files } = await client.byHand(ref);
    const archive = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])));
    const name = fileName(`ssis-ha-by-hand-${ref.runId}`, 'zip');
    return c.body(Uint8Array.from(archive), 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
