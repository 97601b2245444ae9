import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleSite } from '../site-builder.ts';
import { agreeable, openRealEstate, type RealEstate } from './real-estate.ts';

let real: RealEstate;
beforeAll(async () => {
  real = await openRealEstate({
    operator: { account: 'LAB\\gmsa-runbook$', sqlAuthentication: 'integrated' },
    drill: { ...Object(sampleSite()['drill']), crossed: false },
  });
});
afterAll(() => real.close());

test('where NTLM is blocked the whole procedure runs as the account of the agent, without its password', async () => {
  const ended = await real.untilEnd(await real.start(), agreeable);
  expect(ended.steps.filter(({ state }) => state !== 'changed' && state !== 'in-place')).toEqual([]);
  expect(ended.state).toBe('done');
});
