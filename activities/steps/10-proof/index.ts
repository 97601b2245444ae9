import type { Chapter } from '../index.ts';

export const proof: Chapter = {
  number: 10,
  title: 'Proof',
  steps: [],
};
