import { expect, test } from 'vitest';
import { CONTROL_QUEUE, MESSAGES, type Plan, type RunSnapshot } from '../../workflows/contract.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import {
  ANY_TIME,
  asked,
  decide,
  FAR,
  later,
  NOW,
  onRun,
  PLAN,
  progress,
  RESTARTS_ENGINE,
  seen,
} from './made-up-run.ts';

/* What people must agree to and when, held by the real workflow on a real server; the hosts are made up. */

test('where several people must agree, the last of them opens the gate, and each is told what is still needed', async () => {
  const consent: Plan['consent'] = {
    groups: { dba: ['ann', 'bob'], change: ['cab'] },
    rules: [
      { when: ['engine-restart'], need: [{ count: 1, group: 'dba' }] },
      {
        when: ['not-undoable'],
        need: [
          { count: 2, group: 'dba' },
          { count: 1, group: 'change' },
        ],
      },
    ],
    expireAfterHours: null,
  };
  await onRun({ plan: { ...PLAN, consent } }, async (run) => {
    const question = await asked(run);
    expect(question).toMatchObject({
      ticket: 'CHG-1',
      needs: [
        { count: 2, group: 'dba', given: [] },
        { count: 1, group: 'change', given: [] },
      ],
    });
    await expect(decide(run, question, { by: 'eve' })).rejects.toThrow(
      'still needed: 2 of dba and 1 of change',
    );
    await decide(run, question, { by: 'ann' });
    const one = await progress(run);
    expect(one.questions[0]?.needs).toEqual([
      { count: 2, group: 'dba', given: ['ann'] },
      { count: 1, group: 'change', given: [] },
    ]);
    await expect(decide(run, question, { by: 'Ann' })).rejects.toThrow('Ann has agreed already');
    await decide(run, question, { by: 'cab' });
    await decide(run, question, { by: 'bob' });
    const ended = (await run.result()) as RunSnapshot;
    expect(ended).toMatchObject({
      state: 'done',
      change: { ticket: 'CHG-1' },
      steps: [{ state: 'changed' }],
    });
    expect(ended.decisions.map(({ by, refused }) => [by, refused])).toEqual([
      ['ann', null],
      ['cab', null],
      ['bob', null],
    ]);
  });
});

test('the first refusal settles a question that several people were asked', async () => {
  const consent: Plan['consent'] = {
    groups: { dba: ['ann', 'bob'] },
    rules: [{ when: ['engine-restart'], need: [{ count: 2, group: 'dba' }] }],
    expireAfterHours: null,
  };
  await onRun({ plan: { ...PLAN, consent } }, async (run) => {
    const question = await asked(run);
    await decide(run, question, { by: 'ann' });
    await expect(decide(run, question, { by: 'eve', verdict: 'reject', reason: ' ' })).rejects.toThrow(
      'needs a reason',
    );
    await decide(run, question, { by: 'eve', verdict: 'reject', reason: 'not tonight' });
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    expect(stuck.seen[0]).toBe('eve rejected it: not tonight');
    await decide(run, stuck, { verdict: 'stop' });
  });
});

test('a question that nobody settles in time is withdrawn, changes nothing, and can be asked again', async () => {
  const consent = { ...PLAN.consent, expireAfterHours: 0.3 / 3600 };
  await onRun({ plan: { ...PLAN, consent } }, async (run, world) => {
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    const first = world.kept.flatMap(({ questions }) => questions).find(({ about }) => about === 'gate');
    expect(stuck.seen[0]).toContain('Nobody settled its question within');
    expect(world.changes).toBe(0);
    await expect(decide(run, { ...stuck, ...first }, {})).rejects.toThrow('not open');
    await decide(run, stuck, { verdict: 'stop' });
  });
});

test.each([
  { onExpiry: 'stop', state: 'stopped', undone: 0 },
  { onExpiry: 'undo', state: 'undone', undone: 1 },
] as const)(
  'where the site says onExpiry: $onExpiry, silence ends the run and is recorded as what it is',
  async ({ onExpiry, state, undone }) => {
    const before = plannedStep({ key: 'before@HOST', id: 'before', queue: CONTROL_QUEUE });
    const steps = [before, { ...RESTARTS_ENGINE, after: [before.key] }];
    const consent = { ...PLAN.consent, expireAfterHours: 2 / 3600, onExpiry };
    const look = (id: string) => (id === before.id ? { gate: null } : {});
    await onRun({ plan: { ...PLAN, consent, steps }, look }, async (run, world) => {
      const silent = await asked(run, ({ stepKey }) => stepKey === RESTARTS_ENGINE.key);
      expect(silent).toMatchObject({ onExpiry, expiresAt: expect.any(String) as string });
      const ended = (await run.result()) as RunSnapshot;
      expect(ended).toMatchObject({ state, questions: [] });
      expect(ended.decisions.at(-1)).toMatchObject({
        questionId: silent.id,
        verdict: onExpiry,
        expired: true,
        refused: null,
        reason: expect.stringContaining('Nobody settled its question within') as string,
      });
      expect(world).toMatchObject({ changes: 1, undone });
    });
  },
);

test('what the run has not made is left alone where the site says so, and asked about by its rule elsewhere', async () => {
  const rules = [{ when: ['existing-object' as const], need: [{ count: 1, group: 'change' }] }];
  const consent = { groups: { change: ['cab'] }, rules, expireAfterHours: null };
  const wasThere = { changesExisting: true };
  await onRun({ plan: { ...PLAN, existingObjects: 'refuse' }, look: wasThere }, async (run, world) => {
    const stuck = await asked(run);
    expect(stuck).toMatchObject({ about: 'stuck' });
    expect(stuck.seen[0]).toContain('existingObjects: refuse. Do it? configure-engine is missing');
    expect(world.changes).toBe(0);
    await decide(run, stuck, { verdict: 'stop' });
  });
  await onRun({ plan: { ...PLAN, consent }, look: wasThere }, async (run) => {
    const question = await asked(run);
    expect(question.kinds).toContain('existing-object');
    await expect(decide(run, question, { by: 'ann' })).rejects.toThrow('still needed: 1 of change');
    await decide(run, question, { by: 'cab' });
  });
});

test('production takes no answer that a program gives', async () => {
  await onRun({ plan: PLAN }, async (run) => {
    const question = await asked(run);
    await expect(decide(run, question, { automatic: true })).rejects.toThrow('takes answers of people only');
    await decide(run, question, { verdict: 'stop' });
  });
});

test('what interrupts something begins only in its window, after the consent and without asking twice', async () => {
  const opensAt: string[] = [];
  const soon = () => {
    opensAt.push(new Date(Date.now() + 300).toISOString());
    return later(opensAt.at(-1) ?? '');
  };
  const windows = [() => FAR, soon, () => NOW];
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows }, async (run, world) => {
    const question = await asked(run);
    expect(question.window).toBe('the next night');
    await decide(run, question, {});
    const ended = (await run.result()) as RunSnapshot;
    expect(ended).toMatchObject({ state: 'done', steps: [{ state: 'changed', waitsUntil: null }] });
    expect(ended.steps[0]?.window).toBe('the next night');
    expect(ended.decisions).toHaveLength(1);
    const kept = world.kept.map(({ steps: [step] }) => step);
    expect(kept.find((step) => step?.state === 'waiting-for-window')?.waitsUntil).toBe(opensAt[0]);
    expect(world.changedAt).toBeGreaterThanOrEqual(Date.parse(opensAt[0] ?? ''));
  });
});

test('a run can be stopped while it waits for a window', async () => {
  const windows = [() => FAR];
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows }, async (run, world) => {
    await decide(run, await asked(run), {});
    await seen(run, ({ steps }) => steps[0]?.state === 'waiting-for-window');
    await run.signal(MESSAGES.end, { verdict: 'stop', by: 'ann', reason: 'enough' });
    expect(await run.result()).toMatchObject({ state: 'stopped', steps: [{ state: 'pending' }] });
    expect(world.changes).toBe(0);
  });
});

test('an undo waits for its window too, unless a person says why it must not', async () => {
  const windows = [() => NOW, () => NOW, () => FAR];
  const then = plannedStep({
    key: 'then@HOST',
    id: 'then',
    after: [RESTARTS_ENGINE.key],
    queue: CONTROL_QUEUE,
  });
  const plan = { ...PLAN, windows: ANY_TIME, steps: [RESTARTS_ENGINE, then] };
  await onRun({ plan, windows }, async (run, world) => {
    await decide(run, await asked(run), {});
    await decide(run, await asked(run, ({ stepKey }) => stepKey === then.key), { verdict: 'undo' });
    const question = await asked(run, ({ about }) => about === 'undo');
    expect(question).toMatchObject({ stepKey: RESTARTS_ENGINE.key, offers: ['approve'] });
    expect(question.seen.join(' ')).toContain('outside the windows');
    expect((await progress(run)).steps[0]).toMatchObject({ state: 'waiting-for-window' });
    await expect(decide(run, question, {})).rejects.toThrow('needs a reason');
    expect(world.undone).toBe(0);
    await decide(run, question, { reason: 'the catalog is down' });
    expect(await run.result()).toMatchObject({ state: 'undone', steps: [{ state: 'undone' }, {}] });
    expect(world.undone).toBe(1);
  });
});

test('a step for which no window is long enough says so instead of waiting for ever', async () => {
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows: [() => null] }, async (run) => {
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    expect(stuck.seen[0]).toContain('takes up to 2 minutes, and no window of the coming year');
    await decide(run, stuck, { verdict: 'stop' });
  });
});
