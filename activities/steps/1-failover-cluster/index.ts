import type { Chapter } from '../chapter.ts';
import { createCluster } from './create-cluster.ts';
import { installClusteringFeature } from './install-clustering-feature.ts';
import { prepareComputerObjects } from './prepare-computer-objects.ts';
import { setWitness } from './set-witness.ts';
import { validateNodes } from './validate-nodes.ts';

export const failoverCluster: Chapter = {
  number: 1,
  title: 'Windows Server failover cluster',
  steps: [installClusteringFeature, validateNodes, prepareComputerObjects, createCluster, setWitness],
};
