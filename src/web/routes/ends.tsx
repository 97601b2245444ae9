import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { Misuse, OperatorError } from '../../failures.ts';
import type { RunClient, RunRef } from '../../client.ts';
import { forecastMark } from '../forecast-mark.ts';
import { page } from '../pages/page.ts';
import { TroublePage } from '../pages/trouble-page.tsx';
import { WhatIfPage } from '../pages/what-if-page.tsx';
import type { Sights } from '../sights.ts';
import type { Visit } from '../visit.ts';
import { mustBeAllowed } from '../visitor.ts';

const endForm = z.object({
  verdict: z.enum(['stop', 'undo']),
  reason: z.string().trim(),
  /** Mark of the list that the person saw. */
  listed: z.string().default(''),
});

const WAITING = {
  title: 'The run has the request; no control worker has taken it yet',
  advice:
    'See that the control worker runs (ssis-ha up); it then takes the request without being told again.',
} as const;

const OTHER_LIST =
  'Nothing was said to the run: what an undo would do has changed since you looked. Read the list below, then say it again.';

type Said = Pick<Parameters<typeof WhatIfPage>[0], 'refused' | 'reason'>;
const NOTHING_SAID: Said = { refused: null, reason: '' };

/** What an end of the run would do, and its end. */
export function endRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/what-if', async (c) => whatIf(c, await client.find(c.req.param('run')), NOTHING_SAID));
  app.get('/runs/:run/end', (c) => c.redirect(`/runs/${c.req.param('run')}/what-if`, 303));
  app.post('/runs/:run/end', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const visitor = c.get('visitor');
    const form = endForm.safeParse(await c.req.parseBody());
    if (!form.success) throw new Misuse('The form is not whole', 'Load the run again, then end it.');
    mustBeAllowed(visitor, 'end');
    const { verdict, reason, listed } = form.data;
    try {
      if (verdict === 'undo' && forecastMark(await client.whatIfStopped(ref)) !== listed)
        return whatIf(c, ref, { refused: OTHER_LIST, reason });
      const run = await client.end(ref, { verdict, reason, by: visitor.name });
      if (run === null) return page(c, <TroublePage {...WAITING} visitor={visitor} />, 202);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return whatIf(c, ref, { refused: error.message, reason });
    }
    return c.redirect(`/runs/${ref.runId}/steps`, 303);
  });
  return app;

  async function whatIf(c: Context<Visit>, ref: RunRef, said: Said): Promise<Response> {
    const sight = await sights.of(ref, 'journal');
    const isOpen = sight.run.endedAt === null;
    const forecast = isOpen ? await client.whatIfStopped(ref).catch(() => null) : null;
    return page(
      c,
      <WhatIfPage sight={sight} forecast={forecast} visitor={c.get('visitor')} {...said} />,
      said.refused === null ? 200 : 409,
    );
  }
}
