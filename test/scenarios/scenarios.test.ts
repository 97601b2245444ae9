import { expect, test } from 'vitest';
import { scenarios } from '../../lab/scenarios/index.ts';
import { openInProcessLab } from '../lab/in-process.ts';
import { BORNE, MENDED, TOLD } from './endings.ts';
import { practise } from './practise.ts';

const told = Object.entries(TOLD).flatMap(([step, sentences]) =>
  Object.entries(sentences).map(([name, says]) => ({ name, step, says })),
);
const mended = Object.entries(MENDED).flatMap(([step, names]) => names.map((name) => ({ name, step })));

test('at least sixty things that go wrong can be practised, each with a name of its own, a sentence and a source', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names.toSorted()).toEqual([...[...told, ...mended].map(({ name }) => name), ...BORNE].toSorted());
  expect(scenarios.filter(({ title, source }) => title === '' || source === '')).toEqual([]);
});

test.each(told)('$name: is told of by $step, with a way out, and the run carries on', async (ending) => {
  const [first] = (await practised(ending.name)).told;
  expect(first).toMatchObject({
    step: ending.step,
    message: expect.stringContaining(ending.says) as string,
  });
  expect(`${first?.message} ${first?.advice}`).not.toMatch(/\n\s+at |\bundefined\b|\[object/);
  expect(first?.advice).toMatch(/^[A-Z].*\.$/s);
});

test.each(mended)('$name: is mended by $step, and troubles nobody', async ({ name, step }) => {
  const outcome = await practised(name);
  expect(outcome.told).toEqual([]);
  expect(outcome.changed).toContain(step);
});

test.each(BORNE)('%s: troubles nobody', async (name) => {
  expect((await practised(name)).told).toEqual([]);
});

async function practised(name: string) {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new RangeError(`No scenario ${name}`);
  const lab = openInProcessLab();
  try {
    return await practise(lab, scenario);
  } finally {
    lab.close();
  }
}
