import type { Chapter } from '../chapter.ts';

export const availabilityGroup: Chapter = {
  number: 4,
  title: 'SSISDB in an availability group',
  steps: [],
};
