import { checkNodeTruth } from './10-proof/check-node-truth.ts';
import { checkOneTruth } from './10-proof/check-one-truth.ts';
import { checkWorkerTruth } from './10-proof/check-worker-truth.ts';
import type { Chapter } from './chapter.ts';
import { ahead } from './ahead/index.ts';

/** What is looked at on a finished estate: whether its places agree, as the proof does, and what lies ahead. */
export const verification: readonly Chapter[] = [
  { number: 10, title: 'One truth', steps: [checkOneTruth, checkNodeTruth, checkWorkerTruth] },
  ahead,
];
