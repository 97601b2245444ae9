import {
  installNode,
  lookAtNode,
  missingOnNode,
  nodeSetupObserved,
  setupGate,
  takesNodeSetup,
} from '../../setup/node-setup.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * The same as on the first node: engine, Integration Services and Scale Out Master, with the same certificate,
 * account and port. No catalog is made here, and Scale Out is not enabled here. Certificate first, setup
 * second: setup looks for the thumbprint in Root.
 *
 * Source: *HA*, step 3; *Walkthrough*, Install from the command prompt.
 */
export const installOnSecondary = defineChange({
  id: 'install-on-secondary',
  title: 'Install engine, Integration Services and Scale Out Master',
  why: 'The node can take over only what it can run itself.',
  on: everyOtherNode,
  after: [{ sameHost: 'import-master-certificate' }],
  patience: { applyMinutes: 90, settleMinutes: 10 },
  takes: takesNodeSetup,

  observed: nodeSetupObserved,
  probe: lookAtNode,
  shortfall: missingOnNode,
  notes: ({ restartReasons }) => restartReasons.map((reason) => `A restart pends: ${reason}`),
  restartPends: ({ restartReasons }) => restartReasons.length > 0,
  gate: setupGate,
  interrupts: ['engine'],

  apply: installNode,
  undo: {
    kept: 'Uninstalling may take shared features from others and needs restarts: use setup.exe /ACTION=Uninstall by hand.',
    residue: ['engine, Integration Services and Scale Out Master with their services and folders'],
  },
});
