import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { primaryTarget, replicasOf, targetOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';
import {
  LOG_LOGIN,
  logConnectionString,
  logLoginObserved,
  lookAtLogLogin,
  missingInLogLogin,
  neverEnabled,
  restoreLogLogin,
  setLogLogin,
  takesLogConnection,
} from './log-account.ts';

/**
 * Replaces the random password that enabling Scale Out made, and nobody knows, by one that can be repeated on
 * the other replicas. Until the connection string follows (two steps on), workers that run keep their logs on
 * disk and try again. Where SSISDB is primary elsewhere, the login of its birthplace is set too: the step for
 * the other nodes leaves that one out.
 *
 * Undo puts the old hash back, which can be done without anybody knowing the password, and only after the
 * connection string that holds it: with the new string every worker would be cut off. That is exact also where
 * this run itself has enabled Scale Out, so nothing of the chapter need be kept.
 *
 * Source: *HA*, step 6.1; *Worker*, ExecutionLogRetryTimeout; *ALTER LOGIN*, HASHED; *PWDCOMPARE*.
 */
export const setLogPassword = defineChange({
  id: 'set-log-password',
  title: "Set the password of the execution log's login",
  why: 'Its password was made at random, so no other replica could have the same.',
  on: (site) => (site.executionLog.login === 'sqlLogin' ? thePrimary(site) : []),
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({ replicas: { ...replicasOf(site) }, connection: takesLogConnection(site) }),

  observed: z.strictObject({
    userSid: z.string().nullable(),
    workers: z.number(),
    mayWriteLogs: z.boolean(),
    logins: z.array(logLoginObserved),
  }),
  async probe(ports, { replicas, connection }) {
    const password = await ports.secrets.resolve(connection.password ?? '');
    const primary = await primaryTarget(ports, replicas);
    const { userSid, workers } = await ports.sql.run('getLogAccount', {}, primary);
    const birthplace = targetOf(replicas.nodes[0] ?? '', replicas);
    const targets = birthplace.server === primary.server ? [primary] : [primary, birthplace];
    const logins = [];
    for (const target of targets) logins.push(await lookAtLogLogin(ports, target, password));
    const { isMember } = await ports.sql.run('getWorkerLogUser', { account: LOG_LOGIN }, primary);
    return { userSid, workers, mayWriteLogs: isMember, logins };
  },
  shortfall({ userSid, logins, mayWriteLogs }) {
    if (userSid === null) return [neverEnabled().message];
    const missing = logins.flatMap((login) => missingInLogLogin(login, userSid));
    // Whose user it is shows only once the login has its SID.
    return missing.length > 0 || mayWriteLogs
      ? missing
      : [`The user of ${LOG_LOGIN} is no member of ssis_cluster_worker in SSISDB`];
  },
  kinds: ['security-setting'],
  gate: ({ workers, userSid, logins }) =>
    workers === 0 || logins.every((login) => missingInLogLogin(login, userSid ?? '').length === 0)
      ? null
      : `Change the password of ${LOG_LOGIN}? Registered workers: ${workers}; they keep their logs on disk until the connection string follows and they have started anew.`,

  async apply(ports, { replicas, connection }, { before: { userSid, logins }, runId }) {
    if (userSid === null) throw neverEnabled();
    const password = await ports.secrets.resolve(connection.password ?? '');
    for (const login of logins) {
      if (missingInLogLogin(login, userSid).length === 0) continue;
      const target = { server: login.server, port: replicas.port };
      await setLogLogin(ports, login, { target, runId, userSid, password });
    }
    const primary = await primaryTarget(ports, replicas);
    const { isMember } = await ports.sql.run('getWorkerLogUser', { account: LOG_LOGIN }, primary);
    if (!isMember) await ports.sql.run('grantWorkerLogUser', { account: LOG_LOGIN }, primary);
  },
  undo: {
    async auto(ports, { replicas, connection }, { before: { userSid, logins }, runId }) {
      if (userSid === null) return;
      const expected = await logConnectionString(ports, connection);
      const primary = await primaryTarget(ports, replicas);
      const { matches } = await ports.sql.run('getLogConnection', { expected }, primary);
      if (matches) {
        throw new OperatorError(
          `The stored log connection still holds the new password of ${LOG_LOGIN}`,
          'Take back "Tell SSISDB where execution logs go" first, or skip: password and connection stay together.',
        );
      }
      for (const login of logins) {
        if (missingInLogLogin(login, userSid).length === 0) continue;
        const target = { server: login.server, port: replicas.port };
        await restoreLogLogin(ports, login, { target, runId, userSid });
      }
    },
    residue: ['execution logs that workers could not write meanwhile, kept on their disks for seven days'],
  },
});
