import type { Chapter } from '../chapter.ts';

export const proof: Chapter = {
  number: 10,
  title: 'Proof',
  steps: [],
};
