import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { serviceAccountsOf } from '../../requests/estate.ts';
import { asFindings, type Finding } from '../../requests/lines.ts';
import { rightsOf } from '../../requests/rights.ts';
import { everyHost } from '../hosts.ts';

/**
 * Setup grants user rights to the accounts of its services, and a group policy that defines such a right takes
 * them away again at its next refresh: a service does not start after a failover, and executions stay pending.
 *
 * Source: *Configure Windows service accounts and permissions*; *RSOP_UserPrivilegeRight*; MicrosoftDocs/sql-docs
 * #7105; domain facts, step 0 and section 7, row 11.
 */
export const checkRights = defineFindings({
  id: 'check-rights',
  title: 'Look whether a policy takes rights from the service accounts',
  why: 'A right that a policy takes away is missed only when a service starts or a package is to run.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes(site, host) {
    const services = serviceAccountsOf(site).filter(({ hosts }) => hosts.includes(host));
    const wanted = services.flatMap(({ service, account }) =>
      rightsOf(service).map(([, right]) => [right, account] as const),
    );
    return {
      host,
      accounts: [...new Set(services.map(({ account }) => account))],
      rights: Object.fromEntries(
        wanted.map(([right]) => [
          right,
          wanted.filter(([other]) => other === right).map(([, account]) => account),
        ]),
      ),
    };
  },

  observed: z.strictObject({
    rights: z.array(z.strictObject({ right: z.string(), without: z.array(z.string()) })),
  }),
  probe: ({ powershell }, { accounts, rights }) =>
    powershell.run('getPolicyRights', { accounts: [...accounts], rights: [...Object.keys(rights), DENIED] }),
  findings: (seen, input) => findings(seen, input),
});

const DENIED = 'SeDenyServiceLogonRight';

interface Seen {
  readonly rights: readonly { readonly right: string; readonly without: readonly string[] }[];
}

interface Asked {
  readonly host: string;
  readonly accounts: readonly string[];
  readonly rights: Readonly<Record<string, readonly string[]>>;
}

function findings({ rights: defined }: Seen, { host, accounts, rights }: Asked): readonly Finding[] {
  const faults = defined.flatMap(({ right, without }) => {
    const lacks = new Set(without);
    if (right === DENIED) {
      const denied = accounts.filter((account) => !lacks.has(account));
      return denied.length === 0 ? [] : [`A group policy gives ${right} to ${denied.join(', ')} on ${host}`];
    }
    const stripped = [...new Set(rights[right])].filter((account) => lacks.has(account));
    return stripped.length === 0
      ? []
      : [`A group policy defines ${right} on ${host} without ${stripped.join(', ')}`];
  });
  return asFindings('service-rights', faults, 'rights-taken');
}
