import {
  installNode,
  lookAtNode,
  missingOnNode,
  nodeSetupObserved,
  setupGate,
  takesNodeSetup,
} from '../../setup/node-setup.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Engine, Integration Services and Scale Out Master on the node where SSISDB will be born. The Master is
 * installed with start type Manual: until the role owns it, it must not run.
 *
 * Source: *HA*, step 2; *Walkthrough*, Install from the command prompt; *Command-line install*.
 */
export const installOnPrimary = defineChange({
  id: 'install-on-primary',
  title: 'Install engine, Integration Services and Scale Out Master',
  why: 'SSISDB is born on this node, and Scale Out is enabled beside its Master.',
  on: theFirstNode,
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
