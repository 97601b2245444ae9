import { describe, expect, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts';
import { findingsOf } from '../../src/client/findings.ts';
import { presentFindings, type Style } from '../../src/present.ts';
import type { Finding } from '../../workflows/contract.ts';
import { sampleSite } from '../site-builder.ts';
import { shownRun, stepWith } from './snapshots.ts';

const PLAIN: Style = { colours: false, unicode: true, width: 100, command: (words) => `ssis-ha ${words}` };
const SITE = siteSchema.parse(sampleSite());
const SEEN = { looks: 9, hosts: 2, siteFile: 'site.yaml' };
const ACCEPTED = { by: 'LAB\\dba-1', reason: 'until May', until: '2999-05-31' };

function findingWith(parts: Partial<Finding> = {}): Finding {
  return {
    id: 'clock-skew',
    severity: 'error',
    host: 'NODE-B',
    seen: 'Its clock is off',
    advice: 'Set it.',
    breaks: 'create-cluster@NODE-A',
    sheet: null,
    accepted: null,
    ...parts,
  };
}

describe('what preflight found', () => {
  test('is told worst first: errors as they come, then warnings, then what somebody accepts', () => {
    const later = findingWith({ id: 'late', breaks: 'create-listener@NODE-A' });
    const warning = findingWith({ id: 'risk', severity: 'warning' });
    const accepted = findingWith({ id: 'known-risk', severity: 'warning', accepted: ACCEPTED });
    const steps = [
      stepWith({ id: 'check-a', chapter: 0, findings: [accepted, warning, later] }),
      stepWith({ id: 'check-b', chapter: 0, findings: [findingWith()] }),
      stepWith({ id: 'create-cluster' }),
      stepWith({ id: 'create-listener' }),
    ];
    const found = findingsOf(shownRun({ steps }), SITE);
    expect(found.map(({ id }) => id)).toEqual(['clock-skew', 'late', 'risk', 'known-risk']);
    expect(found[0]).toMatchObject({ step: 'check-b@NODE-A', breaks: 'create-cluster@NODE-A' });
  });

  test('includes once what kept a host from being looked at', () => {
    const problem = {
      kind: 'operator',
      message: 'No agent serves host:NODE-B',
      advice: 'Start it.',
    } as const;
    const steps = ['check-host', 'check-media'].map((id) =>
      stepWith({ id, host: 'NODE-B', state: 'stuck', problem }),
    );
    expect(findingsOf(shownRun({ steps }), SITE)).toMatchObject([
      { id: 'not-seen', severity: 'error', host: 'NODE-B', seen: 'No agent serves host:NODE-B' },
    ]);
  });

  test('includes what is accepted in vain, unless it comes and goes', () => {
    const accepted = ['few-workers', 'restart-pends'].map((finding) => ({ finding, ...ACCEPTED }));
    const site = siteSchema.parse(sampleSite({ accepted }));
    const found = findingsOf(shownRun({ steps: [stepWith({ id: 'check-site', findings: [] })] }), site);
    expect(found).toMatchObject([
      { id: 'accepted-in-vain', severity: 'warning', seen: expect.stringContaining('few-workers') as string },
    ]);
  });

  test('is told once where it is the same on several hosts, with counts at the end', () => {
    const text = presentFindings(
      [
        findingWith({ host: 'NODE-A', sheet: 'D6 of directory.md' }),
        findingWith({ host: 'NODE-B', sheet: 'D6 of directory.md' }),
        findingWith({ id: 'few-workers', severity: 'warning', accepted: ACCEPTED, seen: 'One worker' }),
      ],
      SEEN,
      PLAIN,
    ).join('\n');
    expect(text.match(/Its clock is off/g)).toHaveLength(1);
    expect(text).toContain('NODE-A, NODE-B error clock-skew');
    expect(text).toContain('Set it. See D6 of directory.md (ssis-ha requests).');
    expect(text).toContain('accepted by LAB\\dba-1 until 2999-05-31: until May');
    expect(text).toMatch(
      /\n2 errors, 0 warnings, 1 accepted on 2 hosts; nothing was changed\..*check --live/,
    );
  });

  test('leads on where nothing stands in the way', () => {
    expect(presentFindings([], SEEN, PLAIN).join()).toMatch(/Nothing stands in the way: 9 looks.*rehearse/);
  });
});
