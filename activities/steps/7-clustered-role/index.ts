import type { Chapter } from '../chapter.ts';

export const clusteredRole: Chapter = {
  number: 7,
  title: 'The clustered role of the Scale Out Master',
  steps: [],
};
