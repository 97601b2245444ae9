import type { Chapter } from '../chapter.ts';
import { grantWorkerLogAccount } from './grant-worker-log-account.ts';
import { grantWorkerLogLogin } from './grant-worker-log-login.ts';
import { matchLogLogin } from './match-log-login.ts';
import { setLogConnection } from './set-log-connection.ts';
import { setLogPassword } from './set-log-password.ts';

/** By a SQL login or by the workers' own account: a site has the steps of one. */
export const executionLog: Chapter = {
  number: 6,
  title: 'Execution logging for all replicas',
  steps: [setLogPassword, matchLogLogin, grantWorkerLogLogin, grantWorkerLogAccount, setLogConnection],
};
