import type { Chapter } from '../chapter.ts';
import { configureWorker } from './configure-worker.ts';
import { enableWorker } from './enable-worker.ts';
import { installWorker } from './install-worker.ts';
import { trustWorkers } from './trust-workers.ts';

export const workers: Chapter = {
  number: 9,
  title: 'Workers',
  steps: [installWorker, trustWorkers, configureWorker, enableWorker],
};
