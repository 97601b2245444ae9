import { expect, test } from 'vitest';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSites } from '../sample-sites.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { look, planOf } from './walk.ts';

/* How long the preflight takes, in calls of scripts: that depends on no machine's speed. */

const MOST = 1.5;

interface Length {
  readonly planned: PlannedStep;
  readonly calls: number;
}

test.each([1, 2, 5])(
  'the preflight of the largest site takes at most 1.5 × as long as that of its slowest host, %i × as slow as the others',
  async (slowness) => {
    const largest = sampleSites.find(({ name }) => name === 'eight-nodes-forty-workers');
    if (!largest) throw new Error('The largest sample is gone');
    const lab = openInProcessLab(largest.site);
    try {
      const lengths = await lengthsOf(lab);
      const hosts = [...new Set(lengths.map(({ planned }) => planned.host))];
      for (const slow of hosts) {
        const factor = (host: string) => (host === slow ? slowness : 1);
        const own = hosts.map(
          (host) => sum(lengths.filter(({ planned }) => planned.host === host)) * factor(host),
        );
        const whole = wholeLength(lengths, factor);
        expect(whole / Math.max(...own)).toBeLessThanOrEqual(MOST);
      }
    } finally {
      lab.close();
    }
  },
);

/** Each look of the preflight, by what it calls. */
async function lengthsOf(lab: InProcessLab): Promise<readonly Length[]> {
  const lengths: Length[] = [];
  for (const planned of await planOf(lab)) {
    if (planned.chapter > 0) break;
    const before = lab.laboratory.store.ledger.length;
    await look(lab, planned);
    // What asks no host at all still takes an activity.
    lengths.push({ planned, calls: 1 + lab.laboratory.store.ledger.length - before });
  }
  return lengths;
}

/** When the last look ends, if each begins as soon as those that it waits for are over and its host is free. */
function wholeLength(lengths: readonly Length[], factor: (host: string) => number): number {
  const ends = new Map<string, number>();
  const free = new Map<string, number>();
  for (const { planned, calls } of lengths) {
    const { key, host, holds, after } = planned;
    const begins = Math.max(
      ...holds.map((held) => free.get(held) ?? 0),
      ...after.map((earlier) => ends.get(earlier) ?? 0),
    );
    const end = begins + calls * factor(host);
    ends.set(key, end);
    holds.forEach((held) => free.set(held, end));
  }
  return Math.max(...ends.values());
}

function sum(lengths: readonly Length[]): number {
  return lengths.reduce((total, { calls }) => total + calls, 0);
}
