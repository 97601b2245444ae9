import type { Chapter } from '../chapter.ts';
import { checkNodeTruth } from './check-node-truth.ts';
import { checkOneTruth } from './check-one-truth.ts';
import { checkWorkerTruth } from './check-worker-truth.ts';
import { deployProbePackage } from './deploy-probe-package.ts';
import { drillCrossed } from './drill-crossed.ts';
import { drillGroupFailover } from './drill-group-failover.ts';
import { drillNodeLoss } from './drill-node-loss.ts';
import { drillRoleMove } from './drill-role-move.ts';
import { drillServiceKill } from './drill-service-kill.ts';
import { proveWorker } from './prove-worker.ts';

export const proof: Chapter = {
  number: 10,
  title: 'Proof',
  steps: [
    checkOneTruth,
    checkNodeTruth,
    checkWorkerTruth,
    deployProbePackage,
    proveWorker,
    drillRoleMove,
    drillGroupFailover,
    drillCrossed,
    drillServiceKill,
    drillNodeLoss,
  ],
};
