import type { Chapter } from '../index.ts';

export const executionLog: Chapter = {
  number: 6,
  title: 'Execution logging for all replicas',
  steps: [],
};
