import type { Chapter } from '../chapter.ts';

export const masterSettings: Chapter = {
  number: 5,
  title: 'MasterSettings.config on every node',
  steps: [],
};
