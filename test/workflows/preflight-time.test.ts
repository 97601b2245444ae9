import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { siteSchema } from '../../activities/site.ts';
import { procedure } from '../../activities/steps/index.ts';
import type { Json, PlannedStep } from '../../workflows/contract.ts';
import { HostLocks } from '../../workflows/host-locks.ts';
import { inOrder } from '../../workflows/in-order.ts';
import { sampleSite } from '../site-builder.ts';

const MOST = 1.5;

test('on 8 nodes and 40 workers preflight lasts hardly longer than the looks at the slowest host', async () => {
  const looks = await preflightOf(8, 40);
  const lasting = fc.array(fc.integer({ min: 1, max: 900 }), {
    minLength: looks.length,
    maxLength: looks.length,
  });
  await fc.assert(
    fc.asyncProperty(lasting, async (milliseconds) => {
      const lasts = new Map(
        looks.map(({ key }, at) => [key, asksMachine(key) ? (milliseconds[at] ?? 1) : 0]),
      );
      const alone = looks.map(({ host }) =>
        sum(looks.filter((look) => look.host === host).map(({ key }) => lasts.get(key) ?? 0)),
      );
      expect(await timeOf(looks, lasts)).toBeLessThanOrEqual(MOST * Math.max(...alone));
    }),
    { numRuns: 5 },
  );
});

/** What the site file gives up is read in the file alone. */
function asksMachine(key: string): boolean {
  return !key.startsWith('check-site@');
}

/** As `runbook` rehearses: in order, and on each host one look at a time. */
async function timeOf(looks: readonly PlannedStep[], lasts: ReadonlyMap<string, number>): Promise<number> {
  vi.useFakeTimers({ now: 0 });
  try {
    const hosts = new HostLocks();
    const all = inOrder(looks, (step) =>
      hosts.hold(step.holds, async () => {
        await new Promise((done) => setTimeout(done, lasts.get(step.key)));
        return 'done' as const;
      }),
    );
    await vi.runAllTimersAsync();
    await all;
    return Date.now();
  } finally {
    vi.useRealTimers();
  }
}

async function preflightOf(nodes: number, workers: number): Promise<readonly PlannedStep[]> {
  const hosts = (count: number, name: string, net: string) =>
    Array.from({ length: count }, (_, at) => ({ name: `${name}-${at + 1}`, ip: `${net}.${at + 30}` }));
  const site = siteSchema.parse(
    sampleSite({
      nodes: hosts(nodes, 'NODE', '10.10.0').map((node, at) => ({ ...node, first: at === 0 })),
      workers: hosts(workers, 'WORKER', '10.10.1'),
      scaleOutMaster: { ...(sampleSite()['scaleOutMaster'] as object), preferredOwners: [] },
    }),
  );
  const { steps } = await makePlan(procedure, site as unknown as Json, { version: '0', scripts: '0' });
  return steps.filter(({ chapter }) => chapter === 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
