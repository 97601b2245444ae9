import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { planToShow } from '../../src/client/shown-plan.ts';
import { planFor } from '../../src/plan.ts';
import { readSiteFile } from '../../src/site-file.ts';
import { embedded, embeddedIn } from '../../src/web/report/report-document.ts';
import { readDocument } from '../../src/web/report/read-document.ts';
import { SEAL_LENGTH } from '../../src/web/report/report-file.tsx';
import { runCheck, verdictOf, verifyFile, type Check } from '../../src/web/report/verify-report.ts';
import { bytesOf, documentOf, fileWith, here, HOSTILE, sampleEvents, sealedAnew } from './report-samples.ts';

const outcomes = (checks: readonly Check[]) =>
  Object.fromEntries(checks.map(({ about, outcome }) => [about, outcome]));

const file = bytesOf(here.fileOf(documentOf()));

test('the same document makes the same file, and the file gives it back', () => {
  expect(here.fileOf(documentOf())).toBe(here.fileOf(documentOf()));
  expect(verifyFile(file, here).found?.document).toEqual(documentOf());
  expect(outcomes(verifyFile(file, here).checks)).toEqual({
    file: 'agrees',
    chain: 'agrees',
    page: 'agrees',
  });
});

test('a sound report of another run than is named is called that, and not changed', () => {
  const { checks, found } = verifyFile(file, here);
  if (found === null) throw new Error('The file holds no report');
  const held = (named: string) => [...checks, runCheck(found, named)];
  expect(outcomes(held('elsewhere'))).toEqual({
    file: 'agrees',
    chain: 'agrees',
    page: 'agrees',
    run: 'differs',
  });
  expect(verdictOf(held('elsewhere'))).toBe('another run');
  const journal = { about: 'journal', outcome: 'differs', says: '' } as const;
  expect(verdictOf([...held('elsewhere'), journal])).toBe('changed');
  for (const named of [found.run.runId, 'ssis-ha/sample', 'sample'])
    expect(verdictOf(held(named))).toBe('sound');
});

test('no value breaks out of the document, and each comes back as it was', () => {
  const text = here.fileOf(documentOf());
  expect(text.match(/<script/g)).toHaveLength(2);
  expect(text).not.toContain('alert(1)</script>');
  expect(JSON.stringify(readDocument(embeddedIn(text)))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (madeBy) => {
      const element = embedded(documentOf(sampleEvents, { madeBy }));
      expect(element.indexOf('<', 1)).toBe(element.length - '</script>'.length);
      expect(readDocument(embeddedIn(element))?.madeBy).toBe(madeBy);
    }),
  );
});

describe('a changed byte', () => {
  const changeIn = (length: number) =>
    fc
      .record({ at: fc.nat({ max: length - 1 }), byte: fc.nat({ max: 255 }) })
      .filter(({ at, byte }) => file[at] !== byte);

  test('is found wherever it is', () => {
    fc.assert(
      fc.property(changeIn(file.length), ({ at, byte }) => {
        expect(verdictOf(verifyFile(file.with(at, byte), here).checks)).toBe('changed');
      }),
      { numRuns: 300 },
    );
  });

  test('is not called sound where the last line was made anew', () => {
    fc.assert(
      fc.property(changeIn(file.length - SEAL_LENGTH), ({ at, byte }) => {
        expect(verdictOf(verifyFile(sealedAnew(file.with(at, byte)), here).checks)).not.toBe('sound');
      }),
      { numRuns: 300 },
    );
  });

  test('is found where a byte is added or taken away', () => {
    const shorter = file.subarray(0, -1);
    const longer = new Uint8Array([...file, 10]);
    for (const bytes of [shorter, longer, new Uint8Array()]) {
      expect(verdictOf(verifyFile(bytes, here).checks)).toBe('changed');
    }
  });
});

describe('a forger', () => {
  const otherEvents: readonly RunEvent[] = sampleEvents.map((event) =>
    event.decisions
      ? { ...event, decisions: event.decisions.map((one) => ({ ...one, by: 'CONTOSO\\dba-2' })) }
      : event,
  );

  test('who changes an event and not its chain is found by the chain', () => {
    const forged = documentOf(otherEvents, { head: documentOf().head });
    expect(outcomes(verifyFile(bytesOf(here.fileOf(forged)), here).checks)).toMatchObject({
      chain: 'differs',
    });
  });

  test.each([
    ['leaves out', sampleEvents.filter(({ n }) => n !== 2)],
    ['swaps', sampleEvents.toReversed()],
  ])('who %s events is found by their numbers', (_how, events) => {
    const [, chain] = verifyFile(fileWith(documentOf(events)), here).checks;
    expect(chain).toMatchObject({ about: 'chain', outcome: 'differs' });
    expect(chain?.says).toMatch(/^Event \d is missing/);
  });

  test('who writes other words into the page is found, since it follows from the events', () => {
    const text = here.fileOf(documentOf()).replaceAll('>approve<', '>reject<');
    const { checks } = verifyFile(sealedAnew(bytesOf(text)), here);
    expect(outcomes(checks)).toEqual({ file: 'agrees', chain: 'agrees', page: 'differs' });
  });

  test('who says that another build made it gets no word that it is sound', () => {
    const maker = { version: '9.9.9', digest: 'e'.repeat(64) };
    const { checks } = verifyFile(bytesOf(here.fileOf(documentOf(sampleEvents, { maker }))), here);
    expect(outcomes(checks)).toMatchObject({ page: 'not known' });
    expect(verdictOf(checks)).toBe('not known');
  });

  test('who makes up events that no run could tell gets an answer, and no crash', () => {
    const events = [{ n: 1, at: '2030-01-01T10:00:00.000Z', steps: [{ key: 'x' }] }];
    expect(verdictOf(verifyFile(fileWith(documentOf(events)), here).checks)).toBe('changed');
  });
});

test('what leaves the house names no secret and no way to the estate', async () => {
  const twoNodes = readSiteFile('docs/sites/two-nodes.yaml');
  const smtp = { server: 'smtp.contoso.com', user: 'ssis-ha', password: 'file:/etc/smtp' };
  const notify = {
    webhooks: [{ address: 'env:HOOK' }],
    mail: [{ to: ['night@contoso.com'], from: 'ssis-ha@contoso.com', smtp }],
  };
  const plan = await planFor({ ...twoNodes, request: { ...(twoNodes.request as object), notify } });
  expect(JSON.stringify([plan.steps, plan.access])).toMatch(/"(file|env):/);
  expect(JSON.stringify(plan.notify)).toMatch(/"env:HOOK".*"file:\/etc\/smtp"/);
  const shown = planToShow(plan);
  expect(JSON.stringify(shown)).not.toMatch(/smtp|night@/);
  expect(JSON.stringify(shown)).not.toMatch(/"(file|env):/);
  expect(Object.keys(shown.access).toSorted()).toEqual(['group', 'nodes', 'role']);
});
