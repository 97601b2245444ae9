import type { Chapter } from '../chapter.ts';

export const workers: Chapter = {
  number: 9,
  title: 'Workers',
  steps: [],
};
