import type { Chapter } from '../chapter.ts';
import { createRole } from './create-role.ts';
import { tuneRole } from './tune-role.ts';

export const clusteredRole: Chapter = {
  number: 7,
  title: 'The clustered role of the Scale Out Master',
  steps: [createRole, tuneRole],
};
