import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import type { Finding } from '../../requests/lines.ts';
import { fullName } from '../../site.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Kerberos to the listener needs its service principal name, and that of each node, on the one account of all
 * engines, and on no other. Only a domain administrator registers them, so that a run asks and never does it;
 * without them clients fall back to NTLM where policy lets them.
 *
 * Source: *Listener connectivity*, Kerberos; *Register a Service Principal Name for Kerberos connections*;
 * domain facts, C12.
 */
export const checkSpns = defineFindings({
  id: 'check-spns',
  title: 'Look for the service principal names',
  why: 'Without them nobody reaches the listener by Kerberos, and a second hop fails.',
  on: theFirstNode,
  after: [{ sameHost: 'check-host' }],
  skippable: true,
  takes(site) {
    const { listener } = site.availabilityGroup;
    return {
      account: site.accounts.engine.account,
      hosts: [...site.nodes.map(({ name }) => name), listener.name].map((name) => fullName(name, site)),
      port: site.instance.port,
      listenerPort: listener.port,
    };
  },

  observed: z.strictObject({
    spns: z.array(z.strictObject({ spn: z.string(), accounts: z.array(z.string()) })),
  }),
  probe: ({ powershell }, { hosts, port, listenerPort }) =>
    powershell.run('getSpns', {
      spns: hosts.map((host, at) => `MSSQLSvc/${host}:${at === hosts.length - 1 ? listenerPort : port}`),
    }),
  findings: ({ spns }, { account }) => findings(spns, account),
});

function findings(
  spns: readonly { readonly spn: string; readonly accounts: readonly string[] }[],
  account: string,
): readonly Finding[] {
  const [, own = account] = account.split('\\');
  return spns.flatMap(({ spn, accounts }): readonly Finding[] => {
    const others = accounts.filter((name) => name.toLowerCase() !== own.toLowerCase());
    const line = 'service-principal-names' as const;
    const isOwn = others.length < accounts.length;
    if (others.length > 0) {
      const instead = isOwn ? 'too' : `and not on ${account}`;
      return [{ id: 'spn-twice', line, fault: `${spn} is registered on ${others.join(', ')} ${instead}` }];
    }
    if (accounts.length > 0) return [];
    return [{ id: 'spn-missing', line, fault: `${spn} is not registered on ${account}` }];
  });
}
