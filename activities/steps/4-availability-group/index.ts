import type { Chapter } from '../chapter.ts';
import { createEndpoint } from './create-endpoint.ts';
import { createGroup } from './create-group.ts';
import { enableAlwaysOn } from './enable-always-on.ts';
import { prepareSsisdb } from './prepare-ssisdb.ts';
import { proveMasterKeyPassword } from './prove-master-key-password.ts';

export const availabilityGroup: Chapter = {
  number: 4,
  title: 'SSISDB in an availability group',
  steps: [enableAlwaysOn, createEndpoint, proveMasterKeyPassword, prepareSsisdb, createGroup],
};
