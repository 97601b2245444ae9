import type { Chapter } from '../chapter.ts';
import { createMasterCertificate } from './create-master-certificate.ts';
import { installOnPrimary } from './install-on-primary.ts';

export const primaryNode: Chapter = {
  number: 2,
  title: 'Primary node: engine, Integration Services, Scale Out Master',
  steps: [createMasterCertificate, installOnPrimary],
};
