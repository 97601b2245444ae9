import {
  configureEngine,
  engineGate,
  engineObserved,
  lookAtEngine,
  missingOnEngine,
  revertEngine,
  takesEngine,
} from '../../setup/engine.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * What the first node's engine got: certificate, authentication mode, port. After a failover clients meet this
 * engine under the listener's name, and workers log in to it with the same SQL login.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*; *Change server authentication
 * mode*; *Configure SQL Server to listen on a specific TCP port*.
 */
export const configureEngineOnSecondary = defineChange({
  id: 'configure-engine-on-secondary',
  title: 'Bind certificate, authentication mode and port of the engine',
  why: 'After a failover it must be as good as the first one.',
  on: everyOtherNode,
  after: [{ sameHost: 'install-on-secondary' }],
  patience: { applyMinutes: 20, settleMinutes: 10 },
  takes: takesEngine,

  observed: engineObserved,
  probe: lookAtEngine,
  shortfall: missingOnEngine,
  gate: engineGate,
  interrupts: ['engine'],
  kinds: ['security-setting'],
  changesExisting: ({ live }) => (live?.databases.length ?? 0) > 0,

  apply: configureEngine,
  undo: {
    asks: revertEngine,
    residue: ['connections that the restarts of the engine cut off'],
  },
});
