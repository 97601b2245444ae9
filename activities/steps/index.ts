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

/** A chapter of the written procedure; chapters 0 and 10 stand around it. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
  /** In the order in which a reader, and the plan, goes through them. */
  readonly steps: readonly Step[];
}

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
