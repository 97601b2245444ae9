import { expect, test } from 'vitest';
import { stretchesOf, workedMs } from '../../src/present/stretches.ts';
import type { StepState } from '../../workflows/contract.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';

const OVER = { steps: [], endedAt: new Date(0).toISOString() };

/** Each state with the second at which the step entered it. */
function lived(...states: readonly (readonly [second: number, state: StepState])[]): readonly RunEvent[] {
  return states.map(([second, state], at) => ({
    n: at + 1,
    at: new Date(second * 1000).toISOString(),
    steps: [{ key: 'a@HOST', state }],
  }));
}

test('what a step waited for a person does not count as its work', () => {
  const events = lived(
    [0, 'probing'],
    [2, 'asking'],
    [3600, 'probing'],
    [3601, 'applying'],
    [3611, 'changed'],
  );
  expect(workedMs(stretchesOf(events, OVER, 0)).get('a@HOST')).toBe(2_000 + 11_000);
});

test('every try of a step that was stuck counts, and what lies between them does not', () => {
  const events = lived([0, 'applying'], [10, 'stuck'], [500, 'probing'], [505, 'settling'], [506, 'changed']);
  expect(workedMs(stretchesOf(events, OVER, 0)).get('a@HOST')).toBe(16_000);
});

test('an event that tells nothing of the state changes nothing', () => {
  const [begun, ended] = lived([0, 'applying'], [9, 'changed']);
  const between: RunEvent = { n: 9, at: new Date(5_000).toISOString(), steps: [{ key: 'a@HOST', tries: 2 }] };
  expect(
    workedMs(
      stretchesOf(
        [begun, between, ended].filter((event) => event !== undefined),
        OVER,
        0,
      ),
    ).get('a@HOST'),
  ).toBe(9_000);
});
