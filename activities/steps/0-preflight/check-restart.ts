import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { everyHost } from '../hosts.ts';

/**
 * Setup refuses to begin while a restart pends. The run restarts a host by itself where a person agrees; who
 * knows it beforehand can do it in a quiet hour.
 *
 * Source: domain facts, C2; section 7, row 20.
 */
export const checkRestart = defineFindings({
  id: 'check-restart',
  title: 'Look whether a restart pends',
  why: 'Setup does not begin on a machine that waits for its restart.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes: (_site, host) => ({ host }),

  observed: z.strictObject({ reasons: z.array(z.string()) }),
  probe: ({ powershell }) => powershell.run('getPendingRestart', {}),
  findings: ({ reasons }, { host }) =>
    reasons.map((reason) => ({
      id: 'restart-pends',
      line: null,
      fault: `A restart of ${host} pends: ${reason}`,
    })),
  warnings: ['restart-pends'],
});
