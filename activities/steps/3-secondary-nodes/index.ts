import type { Chapter } from '../chapter.ts';

export const secondaryNodes: Chapter = {
  number: 3,
  title: 'Secondary nodes',
  steps: [],
};
