import { z } from 'zod';
import { roadToEngine } from '../../engine-road.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Where an engine is there already: whether the operator signs in to it by the way that the site names, and
 * may administer it. An engine that an earlier run has left half set up cannot be asked, and need not be.
 *
 * Source: *sys.dm_exec_connections*, auth_scheme; *IS_SRVROLEMEMBER*.
 */
export const checkSignIn = defineCheck({
  id: 'check-sign-in',
  title: 'Sign in to the engine that is there',
  why: 'Every statement of the procedure runs as the operator, over Windows authentication.',
  on: everyNode,
  after: [{ sameHost: 'check-host' }],
  skippable: true,
  takes: ({ instance, operator, tls }, host) => ({
    host,
    access: { instance: instance.name, port: instance.port, verifies: tls.verify },
    operator: operator.account,
    authentication: operator.sqlAuthentication,
  }),

  observed: z.strictObject({
    engine: z.enum(['open', 'none', 'not running', 'not reachable yet']),
    session: z
      .strictObject({ login: z.string(), authScheme: z.string(), isSysadmin: z.boolean() })
      .nullable(),
  }),
  async probe(ports, { access }) {
    const engine = await roadToEngine(ports, access);
    return { engine, session: engine === 'open' ? await ports.sql.run('getSignIn', {}) : null };
  },
  shortfall({ engine, session }, { host, access, operator, authentication }) {
    if (engine === 'not running') return [`The engine ${access.instance} on ${host} is not running`];
    if (session === null) return [];
    const isWindows = ['NTLM', 'KERBEROS'].includes(session.authScheme.toUpperCase());
    return [
      ...(session.login.toLowerCase() === operator.toLowerCase()
        ? []
        : [`${host} signs in ${session.login}, not ${operator}`]),
      ...(isWindows ? [] : [`${host} signs in by ${session.authScheme}, not by ${authentication}`]),
      ...(session.isSysadmin ? [] : [`${session.login} is no sysadmin on ${host}`]),
    ];
  },
  notes({ engine, session }, { host }) {
    if (session !== null) return [`${session.login} signs in to ${host} by ${session.authScheme}`];
    if (engine === 'none') return [`No engine is on ${host} yet`];
    return [`The engine on ${host} is ${engine}: it was set up and not finished`];
  },
  advice: 'Start the engine, and make the operator account a member of sysadmin on it, then retry.',
});
