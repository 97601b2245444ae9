import { z } from 'zod';
import { inWords } from '../../restart/wanted.ts';
import { RESTART_SOURCES } from '../../scripts/lines/host.ts';
import { defineFindings } from '../../define-findings.ts';
import { everyHost } from '../hosts.ts';

/**
 * Setup refuses to begin while a restart pends. The run restarts a host by itself where a person agrees; who
 * knows it beforehand can do it in a quiet hour.
 *
 * Source: domain facts, C2; section 7, row 20; *DetermineIfRebootPending method in class CCM_ClientUtilities*;
 * *MoveFileEx*, MOVEFILE_DELAY_UNTIL_REBOOT: pairs of names in PendingFileRenameOperations.
 */
export const checkRestart = defineFindings({
  id: 'check-restart',
  title: 'Look whether a restart pends',
  why: 'Setup does not begin on a machine that waits for its restart.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes: (_site, host) => ({ host }),

  observed: z.strictObject({
    reasons: z.array(z.strictObject({ source: z.enum(RESTART_SOURCES), says: z.string() })),
  }),
  probe: ({ powershell }) => powershell.run('getPendingRestart', {}),
  findings: ({ reasons }, { host }) =>
    reasons.map((reason) => ({
      id: 'restart-pends',
      line: null,
      restart: reason,
      fault: `A restart of ${host} pends: ${inWords(reason)}`,
    })),
  warnings: ['restart-pends'],
});
