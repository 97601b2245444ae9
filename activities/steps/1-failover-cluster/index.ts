import type { Chapter } from '../chapter.ts';
import { createCluster } from './create-cluster.ts';
import { installClusteringFeature } from './install-clustering-feature.ts';

export const failoverCluster: Chapter = {
  number: 1,
  title: 'Windows Server failover cluster',
  steps: [installClusteringFeature, createCluster],
};
