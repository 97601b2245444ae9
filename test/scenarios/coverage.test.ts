import { expect, test } from 'vitest';
import { OperatorError } from '../../activities/failures.ts';
import { powershellScripts } from '../../activities/scripts/index.ts';
import { judgeExitCode } from '../../activities/setup/exit-codes.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import { practisedFault } from './practise.ts';
import { ERRORS, EXIT_CODES, FAILURE_MODES, PITFALLS, type Covered } from './coverage.ts';

const all: readonly (readonly [string, Covered])[] = [PITFALLS, ERRORS, EXIT_CODES, FAILURE_MODES].flatMap(
  (table) => Object.entries<Covered>(table),
);

test('each of the 26 pitfalls is covered', () => {
  expect(Object.keys(PITFALLS).map(Number)).toEqual(Array.from({ length: 26 }, (_, at) => at + 1));
});

test.each(all)('%s can be met, or a reason is given why no tool sees it', (_what, covered) => {
  const names = new Set(scenarios.map(({ name }) => name));
  expect(covered.scenarios?.filter((name) => !names.has(name)) ?? []).toEqual([]);
  expect(covered.fault === undefined || covered.fault in powershellScripts).toBe(true);
  expect(Boolean(covered.scenarios?.length) || Boolean(covered.fault ?? covered.unseen)).toBe(true);
});

test.each(Object.keys(EXIT_CODES).filter((code) => code !== '0' && (Number(code) & 0xffff) !== 3010))(
  'the exit code %s is told with its number in both ways, and with what to do',
  (code) => {
    const hex = `0x${(Number(code) >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
    const judge = () => judgeExitCode(Number(code), 'NODE-A');
    expect(judge).toThrow(OperatorError);
    expect(judge).toThrow(`Setup on NODE-A ended with ${code} (${hex}): `);
  },
);

const refused = [...new Set(all.flatMap(([, { fault }]) => fault ?? []))];

test.each(refused)('%s that is refused is told of with its host, and the run carries on', async (script) => {
  const [first] = (await practisedFault(script)).told;
  expect(first?.message).toContain(`${script} on NODE-A`);
  expect(first?.advice).toMatch(/^Give the operator account the right on NODE-A, then retry\.$/);
});
