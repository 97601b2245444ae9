import { expect, test } from 'vitest';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import {
  ASKED_ABOUT,
  BORNE,
  FOUND_AT_THE_START,
  MENDED,
  SHOWN_AT_A_GATE,
} from '../../lab/scenarios/endings.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import { practised } from './practise.ts';
import { SENTENCES } from './sentences.ts';

const listed = (byStep: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(byStep).flatMap(([step, names]) => names.map((name) => ({ name, step })));
const told = [...listed(FOUND_AT_THE_START), ...listed(ASKED_ABOUT)];
const shown = listed(SHOWN_AT_A_GATE);
const mended = listed(MENDED);

test('whatever can be practised has a name of its own, a sentence, a source and one ending', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names.toSorted()).toEqual(
    [...[...told, ...shown, ...mended].map(({ name }) => name), ...BORNE].toSorted(),
  );
  expect(scenarios.filter(({ title, source }) => title === '' || source === '')).toEqual([]);
  expect(Object.keys(SENTENCES).toSorted()).toEqual([...told, ...shown].map(({ name }) => name).toSorted());
});

test('what is found at the start is found in the preflight, before anything is changed', () => {
  const preflight = stepsOf(procedure.filter(({ number }) => number === 0)).map(({ id }) => id);
  expect(Object.keys(FOUND_AT_THE_START).filter((step) => !preflight.includes(step))).toEqual([]);
});

test.each(told)('$name: is told of by $step, with a way out, and the run carries on', async (ending) => {
  const [first] = (await practised(ending.name)).told;
  expect(first?.step).toBe(ending.step);
  expect(first?.message).toContain(SENTENCES[ending.name]);
  expect(`${first?.message} ${first?.advice}`).not.toMatch(NO_SENTENCE);
  expect(first?.advice).toMatch(IMPERATIVE);
});

test.each(shown)('$name: stands in the question of $step', async ({ name, step }) => {
  const { told: sentences, asked } = await practised(name);
  expect(sentences).toEqual([]);
  const questions = asked.filter((question) => question.step === step).map(({ message }) => message);
  expect(questions.join('\n')).toContain(SENTENCES[name]);
});

test.each(mended)('$name: is mended by $step, and troubles nobody', async ({ name, step }) => {
  const outcome = await practised(name);
  expect(outcome.told).toEqual([]);
  expect(outcome.changed).toContain(step);
});

test.each(BORNE)('%s: troubles nobody', async (name) => {
  expect((await practised(name)).told).toEqual([]);
});

/** Stacks, values that nobody filled in, and the names of our own errors. */
const NO_SENTENCE = /\n|\bundefined\b|\bnull\b|\[object|\bat \S+ \(|Error:|ZodError/;
/** One thing to do, and the way on. */
const IMPERATIVE =
  /^(Add|Back|Bring|Check|Copy|Correct|Decide|End|Find|Free|Give|Have|Join|Let|Look|Make|Mend|Move|Name|Open|Put|Read|Remove|Restart|Retry|Run|See|Set|Start|Take|Upgrade)\b.*(retry|run|goes on)\b.*\.$/s;
