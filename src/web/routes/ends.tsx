import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { Misuse, OperatorError } from '../../failures.ts';
import type { RunClient, RunRef } from '../../client.ts';
import { page } from '../pages/page.ts';
import { TroublePage } from '../pages/trouble-page.tsx';
import { WhatIfPage } from '../pages/what-if-page.tsx';
import type { Sights } from '../sights.ts';
import type { Visit } from '../visit.ts';
import { mustBeAllowed } from '../visitor.ts';

const endForm = z.object({ verdict: z.enum(['stop', 'undo']), reason: z.string().trim() });

const WAITING = {
  title: 'The run has the request; no control worker has taken it yet',
  advice:
    'See that the control worker runs (ssis-ha up); it then takes the request without being told again.',
} as const;

/** What an end of the run would do, and its end. */
export function endRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/what-if', async (c) => whatIf(c, await client.find(c.req.param('run')), null));
  app.post('/runs/:run/end', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const visitor = c.get('visitor');
    const form = endForm.safeParse(await c.req.parseBody());
    if (!form.success) throw new Misuse('The form is not whole', 'Load the run again, then end it.');
    mustBeAllowed(visitor, 'end');
    try {
      const run = await client.end(ref, { ...form.data, by: visitor.name });
      if (run === null) return page(c, <TroublePage {...WAITING} visitor={visitor} />, 202);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return whatIf(c, ref, error.message);
    }
    return c.redirect(`/runs/${ref.runId}/steps`, 303);
  });
  return app;

  async function whatIf(c: Context<Visit>, ref: RunRef, refused: string | null): Promise<Response> {
    const sight = await sights.of(ref, 'journal');
    const isOpen = sight.run.endedAt === null;
    const forecast = isOpen ? await client.whatIfStopped(ref).catch(() => null) : null;
    const status = refused === null ? 200 : 409;
    return page(
      c,
      <WhatIfPage sight={sight} forecast={forecast} visitor={c.get('visitor')} refused={refused} />,
      status,
    );
  }
}
