import type { Chapter } from '../chapter.ts';

export const preflight: Chapter = {
  number: 0,
  title: 'Preflight: what can be found before anything is changed',
  steps: [],
};
