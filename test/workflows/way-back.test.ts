import { expect, test } from 'vitest';
import type { PlannedStep } from '../../workflows/contract.ts';
import { forecastUndo } from '../../workflows/undo-forecast.ts';
import { plannedStep } from './planned-step.ts';

const setup = plannedStep({ key: 'install@A' });
const certificate = plannedStep({
  key: 'certificate@A',
  undo: { kind: 'auto', residue: [], keptWith: { key: 'install@A', reason: 'What is installed stays.' } },
});

const forecast = (...steps: readonly PlannedStep[]) =>
  forecastUndo(steps.map((step) => ({ step, before: null }))).steps.map(({ key, what, reason }) => ({
    key,
    what,
    reason,
  }));

test('a change that another one needs is taken back as long as that one was not begun', () => {
  expect(forecast(certificate)).toEqual([{ key: 'certificate@A', what: 'undone', reason: null }]);
});

test('a change that another one needs is kept, with the reason, once that one was begun', () => {
  expect(forecast(certificate, setup)).toContainEqual({
    key: 'certificate@A',
    what: 'kept',
    reason: 'What is installed stays.',
  });
});
