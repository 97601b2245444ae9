import type { Chapter } from '../chapter.ts';

export const executionLog: Chapter = {
  number: 6,
  title: 'Execution logging for all replicas',
  steps: [],
};
