import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostLocks } from '../../workflows/host-locks.ts';

const HOSTS = ['a', 'b', 'c', 'd'];

test('no host is ever held twice, and everybody gets a turn', async () => {
  const wishes = fc.array(
    fc.record({
      hosts: fc.uniqueArray(fc.constantFrom(...HOSTS), { minLength: 1 }),
      turns: fc.nat({ max: 4 }),
    }),
    { maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(wishes, async (wanted) => {
      const locks = new HostLocks();
      const held = new Set<string>();
      let finished = 0;
      const holding = wanted.map(({ hosts, turns }) =>
        locks.hold(hosts, async () => {
          for (const host of hosts) {
            expect(held.has(host)).toBe(false);
            held.add(host);
          }
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          for (const host of hosts) held.delete(host);
          finished += 1;
        }),
      );
      await Promise.all(holding);
      expect(finished).toBe(wanted.length);
    }),
  );
});

test('a host is given back when the work on it fails', async () => {
  const locks = new HostLocks();
  await expect(locks.hold(['a'], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(locks.hold(['a'], () => Promise.resolve('free'))).resolves.toBe('free');
});

test('who came first for a host gets it first, also when it waits for another host too', async () => {
  const locks = new HostLocks();
  const order: string[] = [];
  const { promise: gate, resolve: open } = gateOf();
  const first = locks.hold(['a'], () => gate);
  const both = locks.hold(['a', 'b'], () => Promise.resolve(void order.push('both')));
  const later = locks.hold(['b'], () => Promise.resolve(void order.push('later')));
  open();
  await Promise.all([first, both, later]);
  expect(order).toEqual(['both', 'later']);
});

function gateOf(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve };
}
