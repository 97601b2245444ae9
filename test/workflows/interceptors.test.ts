import { readFileSync } from 'node:fs';
import type { ActivateInput } from '@temporalio/workflow';
import { expect, test } from 'vitest';
import { workflowSource } from '../../src/temporal/workflow-source.ts';
import { ASK_AGAIN } from '../../workflows/contract.ts';
import { interceptors } from '../../workflows/interceptors.ts';

type Activation = ActivateInput['activation'];

/** What reaches the run of what a worker is given, one after the other; the name of what was refused. */
function givenOneByOne(activations: readonly Activation[]): readonly string[] {
  const [gate] = interceptors().internals;
  return activations.map((activation) => {
    try {
      let reached = 'nothing';
      gate?.activate({ activation, batchIndex: 0 }, () => (reached = 'let in'));
      return reached;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
}

test('what a worker runs has this gate', () => {
  const source = workflowSource();
  expect(source).toHaveProperty('workflowBundle');
  const bundle = 'workflowBundle' in source ? readFileSync(source.workflowBundle.codePath, 'utf8') : '';
  expect(bundle).toContain('class QueryBeforeDecision');
});

const replayed = (historyLength: number): Activation => ({
  isReplaying: true,
  historyLength,
  jobs: [{ resolveActivity: {} }],
});
const decided = (historyLength: number): Activation => ({ ...replayed(historyLength), isReplaying: false });
const query = (queryId: string): Activation => ({
  isReplaying: true,
  jobs: [{ queryWorkflow: { queryId } }],
});
const ALONE = query('legacy_query');

test('a query that comes before the first decision of who takes a run over is refused, to be asked again', () => {
  expect(givenOneByOne([replayed(4), replayed(8), decided(12), ALONE]).at(-1)).toBe(ASK_AGAIN);
});

test.each([
  ['once the worker has decided twice', [replayed(4), decided(12), decided(16)], ALONE],
  ['where nothing was left to decide', [replayed(4), replayed(8)], ALONE],
  ['of a run that began with this worker', [decided(3)], ALONE],
  ['that comes with a decision', [replayed(4), decided(12)], query('another')],
  ['once another came with the first decision', [replayed(4), decided(12), query('another')], ALONE],
])('a query is answered %s', (_when, before, asked) => {
  expect(givenOneByOne([...before, asked])).toEqual([...before, asked].map(() => 'let in'));
});
