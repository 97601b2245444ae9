import { expect, test } from 'vitest';
import { ASKED_ABOUT, FOUND_AT_THE_START } from '../../lab/scenarios/endings.ts';
import { practised } from './practise.ts';

/** Those that rest on what the other side has thrown; the others rest on values. */
const told = [...Object.values(ASKED_ABOUT).flat(), ...(FOUND_AT_THE_START['check-sign-in'] ?? [])];

test.each(told)(
  '%s: is told of by the same step, with the same advice, where Windows and SQL Server are German',
  async (name) => {
    const [english] = (await practised(name)).told;
    const [german] = (await practised(name, 'de')).told;
    expect(german?.step).toBe(english?.step);
    expect(german?.advice).toBe(english?.advice);
  },
);

test('a whole run on a German estate asks for nothing that it does not ask for elsewhere', async () => {
  const { told: sentences, asked } = await practised('everything-in-german');
  expect(sentences).toEqual([]);
  expect(asked.map(({ message }) => message).filter((message) => message.includes('warns'))).toEqual([]);
});
