import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  consentSoFar,
  isComplete,
  needsFor,
  refusalOfConsent,
  withConsentOf,
} from '../../workflows/consent.ts';
import type { Consent } from '../../workflows/contract.ts';

const CONSENT: Consent = {
  groups: { dba: ['CONTOSO\\dba-1', 'CONTOSO\\dba-2'], change: ['CONTOSO\\cab-duty', 'CONTOSO\\dba-1'] },
  rules: [
    { when: ['failover', 'host-restart'], need: [{ count: 1, group: 'dba' }] },
    {
      when: ['not-undoable'],
      need: [
        { count: 2, group: 'dba' },
        { count: 1, group: 'change' },
      ],
    },
  ],
  expireAfterHours: null,
};

test('a change of several kinds needs of each group what the strictest of its rules asks', () => {
  expect(needsFor(['failover', 'not-undoable'], CONSENT)).toEqual([
    { group: 'dba', count: 2 },
    { group: 'change', count: 1 },
  ]);
  expect(needsFor(['existing-object'], CONSENT)).toEqual([]);
});

test('who is in two groups counts once, and where it helps most', () => {
  const needs = needsFor(['not-undoable'], CONSENT);
  const everybody = consentSoFar(needs, ['contoso\\DBA-1', 'CONTOSO\\dba-2', 'CONTOSO\\cab-duty'], CONSENT);
  expect(isComplete(everybody)).toBe(true);
  const two = consentSoFar(needs, ['CONTOSO\\dba-1', 'CONTOSO\\dba-2'], CONSENT);
  expect(isComplete(two)).toBe(false);
});

test('a consent that brings nothing nearer is refused with what is still needed', () => {
  const needs = consentSoFar(needsFor(['not-undoable'], CONSENT), [], CONSENT);
  expect(refusalOfConsent('CONTOSO\\guest', needs, CONSENT)).toBe(
    'The consent of CONTOSO\\guest is not what this needs; still needed: 2 of dba and 1 of change.',
  );
  const one = withConsentOf('CONTOSO\\dba-2', needs, CONSENT);
  expect(refusalOfConsent('contoso\\dba-2', one, CONSENT)).toBe(
    'contoso\\dba-2 has agreed already; still needed: 1 of dba and 1 of change.',
  );
  expect(refusalOfConsent('CONTOSO\\cab-duty', one, CONSENT)).toBeNull();
});

test('however people agree, one after another, nobody stands twice and nobody who stood is sent away', () => {
  const people = ['a', 'b', 'c', 'd', 'e'];
  const groups = fc.record({ x: fc.subarray(people), y: fc.subarray(people), z: fc.subarray(people) });
  const need = fc.record({ count: fc.integer({ min: 1, max: 3 }), group: fc.constantFrom('x', 'y', 'z') });
  fc.assert(
    fc.property(
      groups,
      fc.uniqueArray(need, { selector: ({ group }) => group, maxLength: 3 }),
      fc.shuffledSubarray(people),
      (members, needs, agreeing) => {
        const consent: Consent = { groups: members, rules: [], expireAfterHours: null };
        let soFar = consentSoFar(needs, [], consent);
        for (const person of agreeing) {
          const before = soFar.flatMap(({ given }) => given);
          if (refusalOfConsent(person, soFar, consent) === null)
            soFar = withConsentOf(person, soFar, consent);
          const given = soFar.flatMap(({ given: stand }) => stand);
          expect(new Set(given).size).toBe(given.length);
          expect(given).toEqual(expect.arrayContaining(before));
          for (const { count, group, given: stand } of soFar) {
            expect(stand.length).toBeLessThanOrEqual(count);
            for (const one of stand) expect(members[group as 'x']).toContain(one);
          }
        }
      },
    ),
  );
});
