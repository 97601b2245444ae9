import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { roadToEngine } from '../../engine-road.ts';
import type { Finding } from '../../requests/lines.ts';
import { everyNode } from '../hosts.ts';

/**
 * Where an engine is there already: whether the operator signs in to it by the way that the site names, and
 * may administer it. An engine that an earlier run has left half set up cannot be asked, and need not be.
 *
 * Source: *sys.dm_exec_connections*, auth_scheme; *IS_SRVROLEMEMBER*.
 */
export const checkSignIn = defineFindings({
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
  findings: (observed, input) => findings(observed, input),
  notes({ engine, session }, { host }) {
    if (session !== null) return [`${session.login} signs in to ${host} by ${session.authScheme}`];
    if (engine === 'none') return [`No engine is on ${host} yet`];
    return [`The engine on ${host} is ${engine}: it was set up and not finished`];
  },
});

/** Source: *Upgrade script failures*: 912 and 3417, trace flag 902; domain facts, step 11. */
const NOT_RUNNING =
  'Start the engine; if it does not start, read its ERRORLOG (912 and 3417 mean that the script of an update has failed: start it with trace flag 902 and remove the cause).';

interface Seen {
  readonly engine: string;
  readonly session: {
    readonly login: string;
    readonly authScheme: string;
    readonly isSysadmin: boolean;
  } | null;
}

interface Asked {
  readonly host: string;
  readonly access: { readonly instance: string };
  readonly operator: string;
  readonly authentication: string;
}

function findings({ engine, session }: Seen, asked: Asked): readonly Finding[] {
  const { host, access, operator, authentication } = asked;
  if (engine === 'not running') {
    return [
      {
        id: 'engine-not-running',
        fault: `The engine ${access.instance} on ${host} is not running`,
        line: null,
        advice: NOT_RUNNING,
      },
    ];
  }
  if (session === null) return [];
  const { login, authScheme, isSysadmin } = session;
  const found: readonly (Finding & { readonly isFine: boolean })[] = [
    {
      id: 'other-login',
      isFine: login.toLowerCase() === operator.toLowerCase(),
      fault: `${host} signs in ${login}, not ${operator}`,
      line: 'sign-in',
    },
    {
      id: 'sign-in-by-another-way',
      isFine: ['NTLM', 'KERBEROS'].includes(authScheme.toUpperCase()),
      fault: `${host} signs in by ${authScheme}, not by ${authentication}`,
      line: 'sign-in',
    },
    { id: 'no-sysadmin', isFine: isSysadmin, fault: `${login} is no sysadmin on ${host}`, line: 'sysadmins' },
  ];
  return found.flatMap(({ isFine, ...finding }) => (isFine ? [] : [finding]));
}
