import { expect, test } from 'vitest';
import { MESSAGES, type Look } from '../../workflows/contract.ts';
import { approveAhead, LATER, ofLater, TWO_STEPS } from './ahead-run.ts';
import { ANY_TIME, asked, decide, moment, NOW, onRun, PLAN, update } from './made-up-run.ts';

/* What people say while a step looks or asks for its window is heard before its change begins. */

const MISSING: Look = {
  observed: false,
  shortfall: ['it is missing'],
  restartPends: false,
  gate: 'Do it?',
  notes: [],
  advice: null,
};

/** The later step's look after the consent takes until it is let go. */
function slowLook() {
  const [looks, letGo] = [moment(), moment()];
  let count = 0;
  const probe = async () => {
    count += 1;
    if (count === 2) {
      looks.come();
      await letGo.comes;
    }
    return MISSING;
  };
  return { looks: looks.comes, letGo: letGo.come, activities: { [`${LATER.id}.probe`]: probe } };
}

test('an approval ahead of time that is withdrawn during the look', async () => {
  const { looks, letGo, activities } = slowLook();
  await onRun({ plan: TWO_STEPS, activities }, async (run, world) => {
    const first = await asked(run);
    const { id } = await approveAhead(run);
    await decide(run, first, {});
    await looks;
    await update(run, MESSAGES.withdrawAhead, { id, by: 'ann', reason: 'the load is not over' });
    letGo();
    const question = await asked(run, ofLater);
    expect(world.changes).toBe(1);
    await decide(run, question, { verdict: 'stop' });
  });
});

test('a stop before it is known whether the window is open', async () => {
  const [asks, letGo] = [moment(), moment()];
  let count = 0;
  const findWindow = async () => {
    count += 1;
    if (count === 2) {
      asks.come();
      await letGo.comes;
    }
    return NOW;
  };
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, activities: { findWindow } }, async (run, world) => {
    await decide(run, await asked(run), {});
    await asks.comes;
    await run.signal(MESSAGES.end, { verdict: 'stop', by: 'ann', reason: 'not tonight' });
    letGo.come();
    expect(await run.result()).toMatchObject({ state: 'stopped', steps: [{ state: 'pending' }] });
    expect(world.changes).toBe(0);
  });
});
