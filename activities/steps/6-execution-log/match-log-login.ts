import { z } from 'zod';
import { primaryTarget, replicasOf, targetOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';
import {
  LOG_LOGIN,
  logLoginObserved,
  lookAtLogLogin,
  missingInLogLogin,
  neverEnabled,
  restoreLogLogin,
  setLogLogin,
} from './log-account.ts';

/**
 * The same login with the same SID and password on every replica. The SID decides: the user inside SSISDB is
 * found by it, and after a failover a login with another one is locked out, while SSISDB cannot be mended on a
 * secondary. The right SID is that of the user in SSISDB, not that of any server's login. One that is there
 * with another SID owns nothing and is made anew.
 *
 * The page adds the login without a word of its SID.
 *
 * Source: *HA*, step 6.2; *CREATE LOGIN*, SID; *Troubleshoot orphaned users*.
 */
export const matchLogLogin = defineChange({
  id: 'match-log-login',
  title: "Create the execution log's login on the other replicas",
  why: 'Logins do not travel with the group: after a failover no execution would leave a log.',
  on: (site) => (site.executionLog.login === 'sqlLogin' ? everyOtherNode(site) : []),
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site, host) => ({
    host,
    replicas: { ...replicasOf(site) },
    password: site.executionLog.login === 'sqlLogin' ? site.executionLog.password : '',
  }),

  observed: z.strictObject({ userSid: z.string().nullable(), login: logLoginObserved }),
  async probe(ports, { host, replicas, password }) {
    const { userSid } = await ports.sql.run('getLogAccount', {}, await primaryTarget(ports, replicas));
    const login = await lookAtLogLogin(
      ports,
      targetOf(host, replicas),
      await ports.secrets.resolve(password),
    );
    return { userSid, login };
  },
  shortfall: ({ userSid, login }) =>
    userSid === null ? [neverEnabled().message] : missingInLogLogin(login, userSid),
  kinds: ['security-setting'],
  gate: ({ userSid, login }, { host }) =>
    login.login === null || userSid === null
      ? null
      : `Change ${LOG_LOGIN} on ${host}, which this run has not made? Whoever signs in with it there needs the new password.`,

  async apply(ports, { host, replicas, password }, { before: { userSid, login }, runId }) {
    if (userSid === null) throw neverEnabled();
    if (missingInLogLogin(login, userSid).length === 0) return;
    const target = targetOf(host, replicas);
    await setLogLogin(ports, login, {
      target,
      runId,
      userSid,
      password: await ports.secrets.resolve(password),
    });
  },
  undo: {
    async auto(ports, { host, replicas }, { before: { userSid, login }, runId }) {
      if (userSid === null) return;
      await restoreLogLogin(ports, login, { target: targetOf(host, replicas), runId, userSid });
    },
  },
});
