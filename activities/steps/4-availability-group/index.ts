import type { Chapter } from '../chapter.ts';
import { checkLogBackups } from './check-log-backups.ts';
import { checkUserLogins } from './check-user-logins.ts';
import { createBackupJobs } from './create-backup-jobs.ts';
import { createEndpoint } from './create-endpoint.ts';
import { createFailoverMonitorJob } from './create-failover-monitor-job.ts';
import { createGroup } from './create-group.ts';
import { createListener } from './create-listener.ts';
import { enableAlwaysOn } from './enable-always-on.ts';
import { enableAlwaysOnSupport } from './enable-always-on-support.ts';
import { matchServerObjects } from './match-server-objects.ts';
import { prepareSsisdb } from './prepare-ssisdb.ts';
import { proveMasterKeyPassword } from './prove-master-key-password.ts';
import { seedSecondary } from './seed-secondary.ts';
import { storeMasterKeyPassword } from './store-master-key-password.ts';

export const availabilityGroup: Chapter = {
  number: 4,
  title: 'SSISDB in an availability group',
  steps: [
    enableAlwaysOn,
    createEndpoint,
    proveMasterKeyPassword,
    prepareSsisdb,
    createGroup,
    seedSecondary,
    storeMasterKeyPassword,
    createBackupJobs,
    checkLogBackups,
    createListener,
    matchServerObjects,
    checkUserLogins,
    createFailoverMonitorJob,
    enableAlwaysOnSupport,
  ],
};
