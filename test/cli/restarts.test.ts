import { expect, test } from 'vitest';
import { restartLedger } from '../../src/client/restart-ledger.ts';
import { presentRestarts, type Style } from '../../src/present.ts';
import type { Finding } from '../../workflows/contract.ts';
import { shownRun, stepWith } from './snapshots.ts';

const PLAIN: Style = { colours: false, unicode: true, width: 120, command: (words) => `ssis-ha ${words}` };
const ACCEPTED = { by: 'LAB\\dba-1', reason: 'the vendor knows', until: '2999-12-31' };

function wishOf(says: string, accepted: Finding['accepted']): Finding {
  return {
    id: 'restart-pends',
    severity: 'warning',
    host: 'NODE-A',
    seen: says,
    advice: 'Restart it.',
    breaks: null,
    sheet: null,
    accepted,
    restart: { source: 'file-renames', says },
  };
}

const look = shownRun({
  mode: 'rehearse',
  steps: [
    stepWith({ id: 'check-restart', findings: [wishOf('old.dll', null), wishOf('san.sys', ACCEPTED)] }),
    stepWith({ id: 'check-restart', host: 'NODE-B', findings: [wishOf('san.sys', ACCEPTED)] }),
    stepWith({
      id: 'check-restart',
      host: 'WORKER-1',
      problem: { kind: 'operator', message: 'No agent serves host:WORKER-1', advice: 'Start it.' },
    }),
    stepWith({ id: 'check-media' }),
  ],
});
const restart = {
  host: 'NODE-A',
  stepKey: 'install-clustering-feature@NODE-A',
  wanted: ['RebootPending (servicing)'],
  at: '2030-01-01T10:00:00.000Z',
};

test('each host is told once: what wants a restart, who accepts it, and how often the newest run restarted it', () => {
  const hosts = restartLedger(look, shownRun({ restarts: [restart] }));
  expect(hosts).toMatchObject([
    {
      host: 'NODE-A',
      wanted: [
        { source: 'file-renames', says: 'old.dll', accepted: null },
        { says: 'san.sys', accepted: ACCEPTED },
      ],
      restarts: [restart],
    },
    { host: 'NODE-B', unseen: null, restarts: [] },
    { host: 'WORKER-1', wanted: [], unseen: 'No agent serves host:WORKER-1' },
  ]);
  const text = presentRestarts(hosts, 3, PLAIN).join('\n');
  expect(text).toContain('NODE-A wants a restart · restarted 1 of 3 times by the newest run');
  expect(text).toContain('accepted by LAB\\dba-1 until 2999-12-31: the vendor knows');
  expect(text).toContain('for install-clustering-feature@NODE-A: RebootPending (servicing)');
  expect(text).toContain('NODE-B wants only what is accepted');
  expect(text).toContain('WORKER-1 is not known');
  expect(text).toMatch(/\n1 host wants a restart, 1 could not be looked at; nothing was changed\.$/);
});

test('a site that was never run has restarted nothing', () => {
  expect(restartLedger(look, null).flatMap(({ restarts }) => restarts)).toEqual([]);
});
