import { describe, expect, test } from 'vitest';
import { CONTROL_QUEUE, MESSAGES, type AheadRequest, type RunSnapshot } from '../../workflows/contract.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import { approveAhead, FIRST, inHours, LATER, ofLater, TWO_DBAS, TWO_STEPS } from './ahead-run.ts';
import { ANY_TIME, asked, decide, later, onRun, PLAN, progress, seen, update } from './made-up-run.ts';

/* Approval ahead of time, held by the real workflow: what was approved before it was asked, and what was not. */

describe('an approval ahead of time', () => {
  test.each([
    { what: 'of a step', said: {} },
    { what: 'of kinds of change', said: { steps: [], kinds: ['engine-restart', 'not-undoable'] as const } },
  ])('$what opens the gate when it is put, and is recorded with its use', async ({ said }) => {
    await onRun({ plan: TWO_STEPS }, async (run, world) => {
      const first = await asked(run);
      const { id } = await approveAhead(run, said);
      expect((await progress(run)).ahead).toMatchObject([{ id, by: 'ann', withdrawn: null, uses: [] }]);
      await decide(run, first, {});
      const ended = (await run.result()) as RunSnapshot;
      expect(ended).toMatchObject({ state: 'done', ahead: [{ id, uses: [{ stepKey: LATER.key }] }] });
      expect(ended.decisions.at(-1)).toMatchObject({
        stepKey: LATER.key,
        verdict: 'approve',
        by: 'ann',
        reason: 'tonight, CHG-1',
        ahead: id,
        refused: null,
      });
      expect(world.changes).toBe(2);
    });
  });

  test('lets a host of its step restart, too', async () => {
    let isRestarted = false;
    const look = (id: string) =>
      id === LATER.id
        ? {
            get restartPends() {
              return !isRestarted;
            },
          }
        : {};
    const activities = {
      'restart.look': () =>
        Promise.resolve({ bootId: '1', interrupts: ['host'], seen: ['It wants to restart.'], before: null }),
      'restart.prepare': () => Promise.resolve(),
      'restart.begin': () => Promise.resolve(void (isRestarted = true)),
      'restart.await': () => Promise.resolve(),
      'restart.finish': () => Promise.resolve(),
    };
    await onRun({ plan: TWO_STEPS, look, activities }, async (run) => {
      const first = await asked(run);
      await approveAhead(run);
      await decide(run, first, {});
      const ended = (await run.result()) as RunSnapshot;
      expect(ended).toMatchObject({ state: 'done', restarts: [{ host: 'HOST', stepKey: LATER.key }] });
      expect(ended.ahead?.[0]?.uses.map(({ about }) => about)).toEqual(['restart', 'gate']);
    });
  });

  test('counts for a question that is open when its time begins', async () => {
    await onRun({ plan: TWO_STEPS }, async (run) => {
      const first = await asked(run);
      await approveAhead(run, { from: new Date(Date.now() + 4_000).toISOString() });
      await decide(run, first, {});
      await asked(run, ofLater);
      expect(await run.result()).toMatchObject({ state: 'done', ahead: [{ uses: [{}] }] });
    });
  });

  test('is one of several that a rule asks for: another one, or an answer, completes it', async () => {
    await onRun({ plan: { ...TWO_STEPS, consent: TWO_DBAS } }, async (run) => {
      const first = await asked(run);
      await approveAhead(run);
      await decide(run, first, {});
      const question = await asked(run, ofLater);
      expect(question.needs).toEqual([{ count: 2, group: 'dba', given: ['ann'] }]);
      await expect(decide(run, question, { by: 'ann' })).rejects.toThrow('ann has agreed already');
      await decide(run, question, { by: 'bob' });
      expect(await run.result()).toMatchObject({ state: 'done' });
    });
    await onRun({ plan: { ...TWO_STEPS, consent: TWO_DBAS } }, async (run) => {
      const first = await asked(run);
      await approveAhead(run);
      await approveAhead(run, { by: 'bob' });
      await decide(run, first, {});
      expect(await run.result()).toMatchObject({ state: 'done' });
    });
  });

  test('counts no more once it is withdrawn, also where it was one of two already', async () => {
    await onRun({ plan: { ...TWO_STEPS, consent: TWO_DBAS } }, async (run) => {
      const first = await asked(run);
      const { id } = await approveAhead(run);
      await decide(run, first, {});
      await asked(run, ofLater);
      await expect(update(run, MESSAGES.withdrawAhead, { id, by: 'mallory', reason: '' })).rejects.toThrow(
        'not what this needs',
      );
      await expect(update(run, MESSAGES.withdrawAhead, { id: 'x', by: 'ann', reason: '' })).rejects.toThrow(
        'has the id x',
      );
      await update(run, MESSAGES.withdrawAhead, { id, by: 'bob', reason: 'not tonight' });
      await expect(update(run, MESSAGES.withdrawAhead, { id, by: 'ann', reason: '' })).rejects.toThrow(
        'withdrawn already by bob',
      );
      const question = await asked(run, ofLater);
      expect(question.needs).toEqual([{ count: 2, group: 'dba', given: [] }]);
      expect((await progress(run)).ahead).toMatchObject([
        { withdrawn: { by: 'bob', reason: 'not tonight' }, uses: [{ questionId: question.id }] },
      ]);
      await decide(run, question, { verdict: 'stop' });
    });
  });

  test('does not outlive its time: what it let through must begin in it, or is asked about', async () => {
    const tomorrow = () => later(inHours(24));
    const plan = { ...TWO_STEPS, windows: ANY_TIME };
    await onRun({ plan, windows: [tomorrow] }, async (run, world) => {
      const first = await asked(run);
      const { id } = await approveAhead(run);
      await decide(run, first, {});
      const question = await asked(run, ofLater);
      expect((await progress(run)).ahead).toMatchObject([{ id, uses: [] }]);
      expect(world.changes).toBe(1);
      await decide(run, question, { verdict: 'stop' });
    });
  });

  test('that is withdrawn while its step waits for the window is asked about again', async () => {
    const plan = { ...TWO_STEPS, windows: ANY_TIME };
    const tonight = () => later(inHours(1));
    await onRun({ plan, windows: [tonight] }, async (run, world) => {
      const first = await asked(run);
      const { id } = await approveAhead(run);
      await decide(run, first, {});
      await seen(run, ({ steps }) => steps[1]?.state === 'waiting-for-window');
      await update(run, MESSAGES.withdrawAhead, { id, by: 'ann', reason: 'the load is not over' });
      const question = await asked(run, ofLater);
      expect(world.changes).toBe(1);
      await decide(run, question, { verdict: 'stop' });
    });
  });

  test('does not count again for a step that somebody rejected', async () => {
    await onRun({ plan: { ...TWO_STEPS, consent: TWO_DBAS } }, async (run) => {
      const first = await asked(run);
      await approveAhead(run);
      await decide(run, first, {});
      await decide(run, await asked(run, ofLater), { by: 'bob', verdict: 'reject', reason: 'no' });
      await decide(run, await asked(run, ({ about }) => about === 'stuck'), { verdict: 'retry' });
      const again = await asked(run, ({ about }) => about === 'gate');
      expect(again.needs[0]?.given).toEqual([]);
      await decide(run, again, { verdict: 'stop' });
    });
  });
});

describe('an approval ahead of time never covers what could not be known', () => {
  test('objects that were there before', async () => {
    const look = (id: string) => (id === LATER.id ? { changesExisting: true } : {});
    await onRun({ plan: TWO_STEPS, look }, async (run) => {
      const first = await asked(run);
      await approveAhead(run, { kinds: ['engine-restart', 'not-undoable'] });
      await decide(run, first, {});
      const question = await asked(run, ofLater);
      expect((await progress(run)).ahead).toMatchObject([{ uses: [] }]);
      await decide(run, question, { verdict: 'stop' });
    });
  });

  test('kinds of change beside those that it names', async () => {
    await onRun({ plan: TWO_STEPS }, async (run) => {
      const first = await asked(run);
      await approveAhead(run, { steps: [], kinds: ['engine-restart'] });
      await decide(run, first, {});
      const question = await asked(run, ofLater);
      expect((await progress(run)).ahead).toMatchObject([{ uses: [] }]);
      await decide(run, question, { verdict: 'stop' });
    });
  });

  test('what changes again and again under it', async () => {
    let looks = 0;
    const look = (id: string) =>
      id === LATER.id
        ? {
            get notes() {
              return [`look ${(looks += 1)}`];
            },
          }
        : {};
    await onRun({ plan: TWO_STEPS, look }, async (run) => {
      const first = await asked(run);
      await approveAhead(run);
      await decide(run, first, {});
      const question = await asked(run, ofLater);
      const uses = (await progress(run)).ahead?.[0]?.uses ?? [];
      expect(new Set(uses.map(({ questionId }) => questionId)).size).toBe(3);
      await decide(run, question, { verdict: 'stop' });
    });
  });
});

test('an approval ahead of time is refused with the reason', async () => {
  const check = plannedStep({
    key: 'check@HOST',
    id: 'check',
    kind: 'check',
    queue: CONTROL_QUEUE,
    after: [LATER.key],
  });
  const consent = { ...TWO_DBAS, ahead: { maxHours: 12 } };
  await onRun({ plan: { ...TWO_STEPS, consent, steps: [FIRST, LATER, check] } }, async (run) => {
    const first = await asked(run);
    const refusals: readonly (readonly [Partial<AheadRequest>, string])[] = [
      [{ by: '' }, 'lacks by'],
      [{ reason: ' ' }, 'needs a reason'],
      [{ steps: [] }, 'names no step and no kind'],
      [{ steps: ['nowhere@HOST'] }, 'no step nowhere@HOST'],
      [{ steps: [check.key] }, 'is a check'],
      [{ kinds: ['colour' as never] }, 'colour is no kind of change'],
      [{ kinds: ['existing-object'] }, 'existing-object cannot be approved ahead of time'],
      [{ planHash: 'older' }, 'made for plan older'],
      [{ from: '2030-01-05T22:00' }, 'is no moment'],
      [{ until: inHours(-2) }, 'end'],
      [{ from: inHours(-3), until: inHours(-2) }, 'ended already'],
      [{ until: inHours(48) }, 'maxHours of the site file is 12'],
      [{ by: 'Starter' }, 'started this run'],
      [{ by: 'mallory' }, 'is not what this needs; still needed: 2 of dba'],
      [{ automatic: true }, 'takes answers of people only'],
    ];
    for (const [said, reason] of refusals) {
      await expect(approveAhead(run, said)).rejects.toThrow(reason);
    }
    expect((await progress(run)).ahead).toBeUndefined();
    await decide(run, first, { verdict: 'stop' });
  });
  await onRun({ plan: PLAN }, async (run) => {
    const question = await asked(run);
    await expect(approveAhead(run)).rejects.toThrow('has no approvals.ahead');
    await decide(run, question, { verdict: 'stop' });
  });
});
