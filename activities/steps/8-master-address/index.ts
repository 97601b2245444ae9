import type { Chapter } from '../chapter.ts';

export const masterAddress: Chapter = {
  number: 8,
  title: 'The address of the Master in SSISDB',
  steps: [],
};
