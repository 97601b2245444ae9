import type { Chapter } from '../index.ts';

export const secondaryNodes: Chapter = {
  number: 3,
  title: 'Secondary nodes',
  steps: [],
};
