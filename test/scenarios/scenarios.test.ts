import { expect, test } from 'vitest';
import { scenarios } from '../../lab/scenarios/index.ts';
import { openInProcessLab } from '../lab/in-process.ts';
import { ENDINGS, type Ending } from './endings.ts';
import { practise } from './practise.ts';

test('at least sixty things that go wrong can be practised, each with a name of its own, a sentence and a source', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names.toSorted()).toEqual(Object.keys(ENDINGS).toSorted());
  expect(scenarios.filter(({ title, source }) => title === '' || source === '')).toEqual([]);
});

const ended = (...ends: readonly Ending['end'][]) =>
  Object.entries(ENDINGS).filter(([, { end }]) => ends.includes(end));

test.each(ended('preflight', 'asked'))(
  '%s: is told of, with a way out, and the run carries on',
  async (name, ending) => {
    const { told } = await practised(name);
    const [first] = told;
    expect(first).toMatchObject({
      step: ending.step,
      message: expect.stringContaining(ending.says) as string,
    });
    expect(first?.chapter === 0).toBe(ending.end === 'preflight');
    expect(`${first?.message} ${first?.advice}`).not.toMatch(/\n\s+at |\bundefined\b|\[object/);
    expect(first?.advice).toMatch(/^[A-Z].*\.$/s);
  },
);

test.each(ended('mended', 'borne'))('%s: troubles nobody', async (name, { step }) => {
  const { told, changed } = await practised(name);
  expect(told).toEqual([]);
  expect(changed).toEqual(expect.arrayContaining(step === null ? [] : [step]));
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
