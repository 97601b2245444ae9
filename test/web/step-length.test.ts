import { expect, test } from 'vitest';
import type { StepState } from '../../workflows/contract.ts';
import { rendered } from '../../src/web/views/rendered.ts';
import { StepsView } from '../../src/web/views/steps-view.tsx';
import { sightThrough } from './sights.ts';

/* How long a step took beside its title: worked time, as its average is. */

const LENGTHS = { 'create-cluster': { averageMs: 120_000, count: 3 } };

function shown(...states: readonly (readonly [minute: number, state: StepState])[]): string {
  const html = rendered(StepsView({ ...sightThrough(states, 200), lengths: LENGTHS }));
  return (
    /class="length">(.*?)<\/td>/
      .exec(html)?.[1]
      ?.replaceAll(/<[^>]*>/g, '')
      .trim() ?? ''
  );
}

test('a change that waited hours for its approval is as long as it worked', () => {
  expect(shown([0, 'probing'], [1, 'asking'], [181, 'applying'], [183, 'changed'])).toBe(
    '3 min 0 s (2 min 0 s on average)',
  );
});

test('one that works counts on without what it waited', () => {
  expect(shown([0, 'probing'], [1, 'asking'], [181, 'applying'])).toBe('20 min 0 s (2 min 0 s on average)');
});

test('one that waits says for how long it has waited, and compares that with nothing', () => {
  expect(shown([0, 'probing'], [1, 'stuck'], [2, 'probing'], [80, 'stuck'])).toBe('2 h 0 min');
});
