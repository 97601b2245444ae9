import { nodeSetup } from '../../setup/node-setup.ts';
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
  why: 'The node can take over only what it can run itself.',
  on: everyOtherNode,
  after: [{ sameHost: 'import-master-certificate' }],
  ...nodeSetup,
});
