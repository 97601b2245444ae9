import { expect, test } from 'vitest';
import { presentForecast } from '../../src/present.ts';
import { undoExtent } from '../../src/present/undo-extent.ts';
import type { UndoForecast } from '../../workflows/contract.ts';
import { sightThrough } from '../web/sights.ts';

/* How much an undo would do, as the page and the terminal say it. */

const AVERAGE = { 'create-cluster': { averageMs: 600_000, count: 3 } };

function forecastOf(...whats: readonly UndoForecast['steps'][number]['what'][]): UndoForecast {
  const steps = whats.map((what, at) => ({
    key: at === 0 ? 'create-cluster@NODE-A' : `other-${at}@NODE-A`,
    title: 'A step',
    what,
    reason: null,
    residue: [],
  }));
  return { steps };
}

const changed = sightThrough(
  [
    [0, 'probing'],
    [1, 'asking'],
    [541, 'applying'],
    [544, 'changed'],
  ],
  600,
);

test('what is asked about may be declined, and is counted apart', () => {
  expect(undoExtent(forecastOf('undone', 'asked about', 'asked about', 'kept'), changed)).toContain(
    '4 steps, last change first: 1 taken back, 2 asked about first, 1 kept.',
  );
});

test('the changes took as long as they worked, not as long as they waited', () => {
  expect(undoExtent(forecastOf('undone'), changed)).toContain('The changes took 4 min 0 s;');
});

test('a change under way counts as long as it takes on average', () => {
  const sight = sightThrough(
    [
      [0, 'probing'],
      [1, 'applying'],
    ],
    3,
  );
  expect(undoExtent(forecastOf('undone'), sight)).toContain('took 3 min 0 s;');
  expect(undoExtent(forecastOf('undone'), { ...sight, lengths: AVERAGE })).toContain('took 10 min 0 s;');
});

test('where nobody knows how long a step waited, no length is told but the average', () => {
  const sight = { ...changed, events: [] };
  expect(undoExtent(forecastOf('undone'), sight)).toContain('How long the changes took is not known.');
  expect(undoExtent(forecastOf('undone'), { ...sight, lengths: AVERAGE })).toContain('took 10 min 0 s;');
});

test('the terminal says it above the list', () => {
  const style = { colours: false, unicode: true, width: 200, command: (words: string) => words };
  const [first] = presentForecast(forecastOf('undone'), changed, style);
  expect(first).toContain('An undo now would go through 1 step, last change first: 1 taken back');
});
