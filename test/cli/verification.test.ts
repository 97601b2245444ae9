import { expect, test } from 'vitest';
import { verificationOf } from '../../src/client/verification.ts';
import { minutesOf } from '../../src/cli/interval.ts';
import { presentVerification } from '../../src/present.ts';
import type { Style } from '../../src/present.ts';
import type { TruthCell } from '../../workflows/contract.ts';
import { shownRun, stepWith } from './snapshots.ts';

const STYLE: Style = { colours: false, unicode: true, width: 100, command: (words) => `ssis-ha ${words}` };
const THUMBPRINT = 'ABCDEF0123456789ABCDEF0123456789ABCDEF01';

function endpoint(where: string, value = 'https://ssis-master.contoso.com:8391'): TruthCell {
  const wanted = 'https://ssis-master.contoso.com:8391';
  const mendedBy = `configure-worker@${where}`;
  return { place: 'worker-endpoint', where, value, wanted, agrees: value === wanted, mendedBy };
}

const worker = (host: string, truth?: readonly TruthCell[]) =>
  stepWith({
    id: 'check-worker-truth',
    host,
    ...(truth
      ? { state: 'in-place', truth }
      : {
          state: 'stuck',
          problem: { kind: 'operator', message: 'No agent serves it', advice: 'Start it.' },
        }),
  });

const shown = (steps: readonly ReturnType<typeof worker>[]) =>
  presentVerification(verificationOf(shownRun({ mode: 'verify', steps })), 'site.yaml', STYLE);

test('forty workers stand in one column, the one that differs in its own, and no line is wider than the terminal', () => {
  const names = Array.from({ length: 40 }, (_each, at) => `WORKER-${at + 1}`);
  const pin = (where: string): TruthCell => ({
    ...endpoint(where),
    place: 'worker-pin',
    value: THUMBPRINT,
    wanted: THUMBPRINT,
    agrees: true,
  });
  const lines = shown(
    names.map((name) =>
      worker(name, [endpoint(name, name === 'WORKER-7' ? 'https://old:8391' : undefined), pin(name)]),
    ),
  );
  expect(lines[0]).toMatch(/WORKER-1 and 38 more +WORKER-7$/);
  expect(lines.find((line) => line.includes('MasterEndpoint'))).toMatch(/✖ old:8391$/);
  expect(lines.find((line) => line.includes('MasterHttps'))).toContain('ABCDEF01…');
  expect(lines).toContain('    Mended by configure-worker@WORKER-7.');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('what could not be read is not known in every cell of its host, and told plainly', () => {
  const found = verificationOf(shownRun({ mode: 'verify', steps: [worker('WORKER-1')] }));
  expect(found.isSound).toBe(false);
  expect(new Set(found.cells.map(({ state }) => state))).toEqual(new Set(['not known']));
  expect(found.cells.map(({ where }) => where)).toContain('WORKER-1');
  expect(shown([worker('WORKER-1')]).join('\n')).toContain('WORKER-1 could not be looked at');
});

test('a verification that ended before it looked at anything has found nothing sound', () => {
  expect(verificationOf(shownRun({ mode: 'verify', steps: [] })).isSound).toBe(false);
  expect(shown([]).join('\n')).toContain('nothing was looked at');
});

test('a warning makes no estate unsound, something that is over does, and the nearest danger comes first', () => {
  const ahead = (daysLeft: number, isOver = false) =>
    stepWith({
      id: 'look-ahead-on-node',
      state: 'in-place',
      warnings: [{ where: 'NODE-A', message: `Left: ${daysLeft}`, advice: 'Mend it.', daysLeft, isOver }],
    });
  const calm = verificationOf(shownRun({ mode: 'verify', steps: [ahead(80), ahead(5)] }));
  expect(calm.isSound).toBe(true);
  expect(calm.warnings.map(({ daysLeft }) => daysLeft)).toEqual([5, 80]);
  const over = verificationOf(shownRun({ mode: 'verify', steps: [ahead(5), ahead(-3, true)] }));
  expect(over.isSound).toBe(false);
  expect(over.warnings[0]).toMatchObject({ daysLeft: -3 });
});

test('an interval is whole minutes, hours or days, and anything else is refused with the way out', () => {
  expect(['30m', '1h', '1d'].map(minutesOf)).toEqual([30, 60, 1440]);
  for (const wrong of ['', '5s', '0m', '1.5h', '-1h', '1 h', 'hourly']) {
    expect(() => minutesOf(wrong)).toThrow(`"${wrong}" is no interval`);
  }
});
