import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreeable, openRealEstate, type RealEstate } from './real-estate.ts';
import { onceScripts } from './once-scripts.ts';
import { seeded } from './seeded.ts';

const SEED = Number(process.env['SSIS_HA_TEST_SEED'] ?? 20_261_121);
const KILLS = 12;

let real: RealEstate;
beforeAll(async () => {
  real = await openRealEstate({}, 0.001);
});
afterAll(() => real.close());

test(`a run ends as it should, whatever is killed on the way (seed ${SEED})`, async () => {
  const draw = seeded(SEED);
  const run = await real.start();
  const killing = new AbortController();
  const killed = killAtRandom(real, draw, killing.signal);
  const ended = await real.untilEnd(run, agreeable);
  killing.abort();
  const kills = await killed;

  expect(ended.steps.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(ended.state).toBe('done');
  expect(kills.length).toBeGreaterThan(0);

  const { ledger } = (await real.lab({ type: 'show' })) as {
    ledger: { script: string; host: string; target: string; outcome: string }[];
  };
  const once = ledger.filter(({ script, outcome }) => onceScripts().has(script) && outcome === 'changed');
  const targets = once.map(({ script, host, target }) => `${script} on ${host}: ${target}`);
  expect(targets).toEqual([...new Set(targets)]);
});

/** Ends a process of the estate without a goodbye, again and again. */
async function killAtRandom(estate: RealEstate, draw: () => number, signal: AbortSignal): Promise<string[]> {
  const killed: string[] = [];
  while (killed.length < KILLS) {
    await delay(200 + draw() * 1500, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const { server, lab, control, agents } = estate.up.state().processes;
    const candidates = Object.entries({ server, lab, control, ...agents }).filter(
      (entry): entry is [string, number] => entry[1] !== null,
    );
    const [name, pid] = candidates[Math.floor(draw() * candidates.length)] ?? [];
    if (name === undefined || pid === undefined) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed.push(name);
    } catch {
      // It ended by itself in this very moment.
    }
  }
  return killed;
}
