import { Hono, type Context } from 'hono';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { CHANGE_KINDS } from '../../../workflows/contract.ts';
import type { RunClient, RunRef } from '../../client.ts';
import { Misuse, OperatorError } from '../../failures.ts';
import { AheadPage, type WrittenAhead } from '../pages/ahead-page.tsx';
import { page } from '../pages/page.ts';
import type { Sights } from '../sights.ts';
import type { Visit } from '../visit.ts';
import { mustBeAllowed } from '../visitor.ts';

/** A box that is ticked comes as a text, several as a list, none not at all. */
const ticked = <Value extends string>(values: z.ZodType<Value>) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(values));

const aheadForm = z.object({
  planHash: z.string(),
  zone: z.string(),
  steps: ticked(z.string()),
  kinds: ticked(z.enum(CHANGE_KINDS)),
  from: z.string(),
  until: z.string(),
  reason: z.string().trim(),
});

const withdrawalForm = z.object({ id: z.string().min(1), reason: z.string().trim().default('') });

/** Approvals before the question. */
export function aheadRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/runs/:run/ahead', async (c) => shown(c, await client.find(c.req.param('run')), null));
  for (const sent of ['approve-ahead', 'withdraw-ahead']) {
    app.get(`/runs/:run/${sent}`, (c) => c.redirect(`/runs/${c.req.param('run')}/ahead`, 303));
  }
  app.post('/runs/:run/approve-ahead', async (c) => {
    const { ref, by } = await speaker(c, c.req.param('run'));
    const form = aheadForm.safeParse(await c.req.parseBody({ all: true }));
    if (!form.success) throw notWhole();
    const { zone, planHash, ...written } = form.data;
    const { from, until } = written;
    return taken(c, ref, written, async () => {
      await client.approveAhead(ref, {
        ...written,
        planHash,
        by,
        from: from === '' ? null : momentIn(zone, from),
        until: momentIn(zone, until),
      });
    });
  });
  app.post('/runs/:run/withdraw-ahead', async (c) => {
    const { ref, by } = await speaker(c, c.req.param('run'));
    const form = withdrawalForm.safeParse(await c.req.parseBody());
    if (!form.success) throw notWhole();
    return taken(c, ref, undefined, async () => {
      await client.withdrawAhead(ref, { ...form.data, by });
    });
  });
  return app;

  /** Who speaks to which run. */
  async function speaker(c: Context<Visit>, run: string) {
    const ref = await client.find(run);
    const visitor = c.get('visitor');
    mustBeAllowed(visitor, 'approve');
    return { ref, by: visitor.name };
  }

  async function taken(
    c: Context<Visit>,
    ref: RunRef,
    written: WrittenAhead | undefined,
    work: () => Promise<void>,
  ): Promise<Response> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return shown(c, ref, { refused: error.message, ...(written && { written }) });
    }
    return c.redirect(`/runs/${ref.runId}/ahead`, 303);
  }

  async function shown(c: Context<Visit>, ref: RunRef, said: Said | null): Promise<Response> {
    const sight = await sights.of(ref, 'snapshot');
    return page(
      c,
      <AheadPage sight={sight} visitor={c.get('visitor')} {...said} />,
      said === null ? 200 : 409,
    );
  }
}

interface Said {
  readonly refused: string;
  readonly written?: WrittenAhead;
}

function notWhole(): Misuse {
  return new Misuse('The form is not whole', 'Load the page again, then approve.');
}

/** A moment as a person wrote it, where that person sits. */
function momentIn(zone: string, text: string): Date {
  const moment = DateTime.fromISO(text, { zone });
  if (moment.isValid) return moment.toJSDate();
  throw new OperatorError(`"${text}" is no moment in ${zone}`, 'Write it so: 2030-01-05T22:00');
}
