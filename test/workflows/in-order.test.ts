import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedStep } from '../../workflows/contract.ts';
import { inOrder, type Ending } from '../../workflows/in-order.ts';
import { plannedStep } from './planned-step.ts';

/** Graphs in which each step waits for some of those before it; some steps fail. */
const graphs = fc
  .array(
    fc.record({
      waitsFor: fc.array(fc.nat(), { maxLength: 3 }),
      turns: fc.nat({ max: 3 }),
      fails: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((drawn) =>
    drawn.map(({ waitsFor, turns, fails }, at) => ({
      step: plannedStep({
        key: `step-${at}`,
        after: at === 0 ? [] : [...new Set(waitsFor.map((before) => `step-${before % at}`))],
      }),
      turns,
      fails,
    })),
  );

test('a step begins when all that it waits for is done, and never after one that is not', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const done = new Set<string>();
      const begun = new Set<string>();
      const perform = async (step: PlannedStep): Promise<Ending> => {
        begun.add(step.key);
        expect(step.after.filter((key) => !done.has(key))).toEqual([]);
        const { turns = 0, fails = false } = graph.find((drawn) => drawn.step === step) ?? {};
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        if (fails) return 'not-done';
        done.add(step.key);
        return 'done';
      };
      await inOrder(
        graph.map((drawn) => drawn.step),
        perform,
      );

      const blocked = new Set<string>();
      for (const { step, fails } of graph) {
        const isBlocked = step.after.some((key) => blocked.has(key));
        expect(begun.has(step.key)).toBe(!isBlocked);
        if (isBlocked || fails) blocked.add(step.key);
      }
    }),
  );
});

test('a plan in which a step waits for a later one is refused', async () => {
  const steps = [plannedStep({ key: 'first', after: ['second'] }), plannedStep({ key: 'second' })];
  await expect(inOrder(steps, () => Promise.resolve('done'))).rejects.toThrow('first waits for second');
});
