import { Hono } from 'hono';
import { z } from 'zod';
import { Misuse, OperatorError } from '../../failures.ts';
import type { RunClient } from '../../client.ts';
import type { Visit } from '../visit.ts';
import { page } from '../pages/page.ts';
import { QuestionPage } from '../pages/question-page.tsx';
import { RunPage } from '../pages/run-page.tsx';
import type { Sights } from '../sights.ts';
import { VIEWS } from '../views/views.ts';
import { mustBeAllowed, NotAllowed } from '../visitor.ts';

const answerForm = z.object({
  stepKey: z.string().min(1),
  questionId: z.string().min(1),
  planHash: z.string(),
  verdict: z.enum(['approve', 'reject', 'retry', 'skip', 'undo', 'stop']),
  reason: z.string().trim(),
});

/** What a person says to a run. What the run does not take is told with the run as it is then. */
export function answerRoutes(client: RunClient, sights: Sights): Hono<Visit> {
  const app = new Hono<Visit>();
  app.post('/runs/:run/answer', async (c) => {
    const ref = await client.find(c.req.param('run'));
    const visitor = c.get('visitor');
    const form = answerForm.safeParse(await c.req.parseBody());
    if (!form.success)
      throw new Misuse('The form is not whole', 'Load the run again and answer its question.');
    const { verdict, ...said } = form.data;
    try {
      mustBeAllowed(visitor, verdict);
      await client.answer(ref, { ...said, verdict, by: visitor.name });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      const sight = await sights.of(ref, VIEWS.steps.reads);
      const status = error instanceof NotAllowed ? 403 : 409;
      return page(
        c,
        <RunPage sight={sight} view="steps" visitor={visitor} refused={error.message} wrote={said.reason} />,
        status,
      );
    }
    return c.redirect(`/runs/${ref.runId}/steps`, 303);
  });
  app.get('/runs/:run/answer', (c) => c.redirect(`/runs/${c.req.param('run')}/steps`, 303));
  app.get('/runs/:run/questions/:question', async (c) => {
    const sight = await sights.of(await client.find(c.req.param('run')), 'snapshot');
    const questionId = c.req.param('question');
    return page(c, <QuestionPage sight={sight} questionId={questionId} visitor={c.get('visitor')} />);
  });
  return app;
}
