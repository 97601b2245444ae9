import { describe, expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { MESSAGES, type Question, type RunSnapshot } from '../../workflows/contract.ts';
import { approveAhead, inHours, ofLater, TWO_DBAS, TWO_STEPS } from './ahead-run.ts';
import { asked, decide, onRun, progress, seen, update } from './made-up-run.ts';

/* Where several must agree: each counts as long as what they said last stands. */

const plan = { ...TWO_STEPS, consent: TWO_DBAS };

/** The question of the later step, once exactly these have agreed to it. */
async function agreedBy(run: WorkflowHandle, people: readonly string[]): Promise<Question> {
  const isMeant = (question: Question) =>
    ofLater(question) && JSON.stringify(question.needs[0]?.given) === JSON.stringify(people);
  await seen(run, ({ questions }) => questions.some(isMeant));
  return asked(run, isMeant);
}

describe('whose approval ahead of time counts no more may approve in person', () => {
  test('since it was withdrawn', async () => {
    await onRun({ plan }, async (run) => {
      const first = await asked(run);
      const { id } = await approveAhead(run);
      await decide(run, first, {});
      await agreedBy(run, ['ann']);
      await update(run, MESSAGES.withdrawAhead, { id, by: 'ann', reason: 'I want to see it first' });
      await decide(run, await agreedBy(run, []), { by: 'ann' });
      const question = await agreedBy(run, ['ann']);
      await decide(run, question, { by: 'bob' });
      const { decisions, state } = (await run.result()) as RunSnapshot;
      expect(state).toBe('done');
      const said = decisions.filter(({ questionId }) => questionId === question.id);
      expect(said.map(({ by, ahead }) => [by, ahead])).toEqual([
        ['ann', id],
        ['ann', undefined],
        ['bob', undefined],
      ]);
    });
  });

  test('since its time is over, which nobody has to ask for', async () => {
    await onRun({ plan }, async (run) => {
      const first = await asked(run);
      await approveAhead(run, { until: new Date(Date.now() + 4_000).toISOString() });
      await decide(run, first, {});
      await agreedBy(run, ['ann']);
      await decide(run, await agreedBy(run, []), { by: 'ann' });
      await decide(run, await agreedBy(run, ['ann']), { by: 'bob' });
      expect(await run.result()).toMatchObject({ state: 'done' });
    });
  });
});

test('a second approval ahead of time counts when the first of the same person is withdrawn', async () => {
  await onRun({ plan }, async (run) => {
    const first = await asked(run);
    const earlier = await approveAhead(run);
    await decide(run, first, {});
    await agreedBy(run, ['ann']);
    const another = await approveAhead(run, { until: inHours(3) });
    await update(run, MESSAGES.withdrawAhead, { id: earlier.id, by: 'ann', reason: 'too short' });
    const { id } = await agreedBy(run, ['ann']);
    const { ahead, decisions } = await progress(run);
    expect(ahead?.map(({ uses }) => uses.length)).toEqual([1, 1]);
    const counted = decisions.filter(({ questionId }) => questionId === id);
    expect(counted.map((decision) => decision.ahead)).toEqual([earlier.id, another.id]);
    await approveAhead(run, { by: 'bob' });
    expect(await run.result()).toMatchObject({ state: 'done' });
  });
});
