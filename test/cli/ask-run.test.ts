import { QueryNotRegisteredError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { askRun } from '../../src/client/look-at-run.ts';
import type { ServerLink } from '../../src/client/server-link.ts';
import { ASK_AGAIN } from '../../workflows/contract.ts';

test('who is refused by a worker that has just taken a run over leaves it time to carry the run on, and is answered then', async () => {
  const askedAt: number[] = [];
  const link = {
    ask: () => {
      askedAt.push(performance.now());
      return askedAt.length === 1
        ? Promise.reject(new QueryNotRegisteredError(ASK_AGAIN, 3))
        : Promise.resolve('answer');
    },
  } as Partial<ServerLink> as ServerLink;
  expect(await askRun(link, { workflowId: 'w', runId: 'r' }, 'progress')).toBe('answer');
  const [refused = 0, answered = 0] = askedAt;
  expect(askedAt).toHaveLength(2);
  // A timer is late at times, and never early.
  expect(answered - refused).toBeGreaterThan(1_000);
});
