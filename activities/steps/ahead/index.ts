import type { Chapter } from '../chapter.ts';
import { lookAheadOnEstate } from './look-ahead-on-estate.ts';
import { lookAheadOnNode } from './look-ahead-on-node.ts';
import { lookAheadOnWorker } from './look-ahead-on-worker.ts';

/** No part of the written procedure: `ssis-ha verify` looks ahead, and a run has nothing to wait for there. */
export const ahead: Chapter = {
  number: 11,
  title: 'What lies ahead',
  steps: [lookAheadOnNode, lookAheadOnWorker, lookAheadOnEstate],
};
