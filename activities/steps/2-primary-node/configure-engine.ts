import {
  configureEngine as configure,
  engineGate,
  engineObserved,
  lookAtEngine,
  missingOnEngine,
  revertEngine,
  takesEngine,
} from '../../setup/engine.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * A fresh engine presents a certificate that it made for itself, lets no SQL login in, and as a named instance
 * listens where Windows chose. All three are taken only at a start of the engine: so one restart for all.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*; *Change server authentication
 * mode*; *Configure SQL Server to listen on a specific TCP port*.
 */
export const configureEngine = defineChange({
  id: 'configure-engine',
  title: 'Bind certificate, authentication mode and port of the engine',
  why: 'Until then no client that verifies the server can connect, and no worker can write its log.',
  on: theFirstNode,
  after: ['install-on-primary'],
  patience: { applyMinutes: 20, settleMinutes: 10 },
  takes: takesEngine,

  observed: engineObserved,
  probe: lookAtEngine,
  shortfall: missingOnEngine,
  gate: engineGate,
  interrupts: ['engine'],
  kinds: ['security-setting'],
  changesExisting: ({ live }) => (live?.databases.length ?? 0) > 0,

  apply: configure,
  undo: {
    asks: revertEngine,
    residue: ['connections and packages that the restarts of the engine cut off'],
  },
});
