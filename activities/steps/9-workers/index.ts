import type { Chapter } from '../index.ts';

export const workers: Chapter = {
  number: 9,
  title: 'Workers',
  steps: [],
};
