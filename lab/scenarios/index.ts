import { finishedEstate } from './finished-estate.ts';
import { finishedNodes } from './finished-nodes.ts';
import { freshDirectory } from './fresh-directory.ts';
import { freshHosts } from './fresh-hosts.ts';
import type { Scenario } from './scenario.ts';

/** Everything that can be practised: names are a promise, the rest may be worded better. */
export const scenarios: readonly Scenario[] = [
  ...freshDirectory,
  ...freshHosts,
  ...finishedNodes,
  ...finishedEstate,
];
