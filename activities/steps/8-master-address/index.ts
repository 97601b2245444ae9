import type { Chapter } from '../chapter.ts';
import { setMasterAddress } from './set-master-address.ts';

export const masterAddress: Chapter = {
  number: 8,
  title: 'The address of the Master in SSISDB',
  steps: [setMasterAddress],
};
