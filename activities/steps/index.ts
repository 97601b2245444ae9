import type { Step } from '../step.ts';
import { preflight } from './0-preflight/index.ts';
import { failoverCluster } from './1-failover-cluster/index.ts';
import { proof } from './10-proof/index.ts';
import { primaryNode } from './2-primary-node/index.ts';
import { secondaryNodes } from './3-secondary-nodes/index.ts';
import { availabilityGroup } from './4-availability-group/index.ts';
import { masterSettings } from './5-master-settings/index.ts';
import { executionLog } from './6-execution-log/index.ts';
import { clusteredRole } from './7-clustered-role/index.ts';
import { masterAddress } from './8-master-address/index.ts';
import { workers } from './9-workers/index.ts';
import type { Chapter } from './chapter.ts';

/** The procedure: read the folders of this one in their order. */
export const procedure: readonly Chapter[] = [
  preflight,
  failoverCluster,
  primaryNode,
  secondaryNodes,
  availabilityGroup,
  masterSettings,
  executionLog,
  clusteredRole,
  masterAddress,
  workers,
  proof,
];

export function stepsOf(chapters: readonly Chapter[]): Step[] {
  return chapters.flatMap((chapter) => chapter.steps);
}
