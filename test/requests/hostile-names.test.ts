import { describe, expect, test } from 'vitest';
import type { Check } from '../../activities/requests/sheet.ts';
import { sheetsFor } from '../../activities/requests/sheets.ts';
import type { Site } from '../../activities/site.ts';
import { HOSTILE, SAMPLE } from './sites.ts';

function checksOf(site: Site): readonly Check[] {
  return sheetsFor(site).flatMap(({ requests }) =>
    requests.flatMap((found) => ('notNeeded' in found ? [] : found.checks)),
  );
}

describe('a hostile name', () => {
  /** What is left of a command when its quoted texts are taken out. */
  const skeleton = ({ language, line }: Check) =>
    language === 'sql'
      ? line.replaceAll(/N?'(?:[^']|'')*'/g, '?')
      : line.replaceAll(/['‘’‚‛](?:[^'‘’‚‛]|['‘’‚‛]{2})*['‘’‚‛]/g, '?');

  test('never leaves its quotes: nothing of it is left when quoted texts are taken out', () => {
    for (const check of checksOf(HOSTILE)) {
      const left = skeleton(check);
      expect(left).not.toMatch(/Restart-Computer|calc|o'brien|Remove-Item|DROP DATABASE|['‘’‚‛`]/);
    }
  });

  test('changes nothing of a command but what stands in quotes', () => {
    const calm: Site = {
      ...HOSTILE,
      directory: { ...SAMPLE.directory },
      operator: { ...SAMPLE.operator },
      instance: { ...SAMPLE.instance },
      accounts: { ...SAMPLE.accounts, agent: { ...SAMPLE.accounts.agent, password: 'env:AGENT' } },
      cluster: { ...HOSTILE.cluster, witness: SAMPLE.cluster.witness },
      availabilityGroup: {
        ...HOSTILE.availabilityGroup,
        name: 'AG',
        seeding: SAMPLE.availabilityGroup.seeding,
      },
      scaleOutMaster: { ...HOSTILE.scaleOutMaster, certificate: SAMPLE.scaleOutMaster.certificate },
    };
    const folded = (check: Check) => skeleton(check).replaceAll(/\(\?( \+ (\[char\]\d+|\?))+\)/g, '?');
    expect(checksOf(HOSTILE).map(folded)).toEqual(checksOf(calm).map(folded));
  });

  test('arrives as it is, quotes doubled', () => {
    const lines = checksOf(HOSTILE).map(({ line }) => line);
    expect(lines.join('\n')).toContain("'AG]''; DROP DATABASE SSISDB; --$(calc)`'");
    expect(lines.join('\n')).toContain("N'LAB\\dba''$(calc)--'");
    expect(lines.join('\n')).toContain("'e''n’’gine'");
    expect(lines.join('\n')).toContain("a' + [char]10 + 'Restart-Computer' + [char]13 + ");
  });
});
