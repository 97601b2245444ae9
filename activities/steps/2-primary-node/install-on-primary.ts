import { nodeSetup } from '../../setup/node-setup.ts';
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
  why: 'SSISDB is born on this node, and Scale Out is enabled beside its Master.',
  on: theFirstNode,
  ...nodeSetup,
});
