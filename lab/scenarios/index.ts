import { finishedCatalog } from './finished-catalog.ts';
import { finishedDrift } from './finished-drift.ts';
import { finishedEstate } from './finished-estate.ts';
import { finishedGroup } from './finished-group.ts';
import { finishedMachines } from './finished-machines.ts';
import { finishedNodes } from './finished-nodes.ts';
import { freshDirectory } from './fresh-directory.ts';
import { freshHosts } from './fresh-hosts.ts';
import { policies } from './policies.ts';
import type { Scenario } from './scenario.ts';
import { setupEnds } from './setup-ends.ts';

/** Everything that can be practised: names are a promise, the rest may be worded better. */
export const scenarios: readonly Scenario[] = [
  ...freshDirectory,
  ...freshHosts,
  ...policies,
  ...setupEnds,
  ...finishedNodes,
  ...finishedEstate,
  ...finishedGroup,
  ...finishedCatalog,
  ...finishedMachines,
  ...finishedDrift,
];
