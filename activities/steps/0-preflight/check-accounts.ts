import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import type { Finding } from '../../requests/lines.ts';
import { everyHost } from '../hosts.ts';

/**
 * The accounts that services will run as. Passwords are not tried: a wrong one counts towards a lockout, and
 * setup itself refuses it before it changes anything.
 *
 * Source: *Test-ADServiceAccount*: true where this machine may use the managed account.
 */
export const checkAccounts = defineFindings({
  id: 'check-accounts',
  title: 'Look for the service accounts',
  why: 'Setup ends with an error where an account is missing or this machine may not use it.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes(site, host) {
    const { engine, agent, master, worker } = site.accounts;
    const isNode = site.nodes.some(({ name }) => name === host);
    const isWorker = site.workers.some(({ name }) => name === host);
    const services = [...(isNode ? [engine, agent, master] : []), ...(isWorker ? [worker] : [])];
    return {
      host,
      services: [...new Set(services.map(({ account }) => account))],
      administrators: isNode ? site.instance.sysadmins : [],
    };
  },

  observed: z.strictObject({
    accounts: z.array(
      z.strictObject({
        account: z.string(),
        kind: z.enum(['missing', 'user', 'gmsa', 'group', 'other']),
        isEnabled: z.boolean(),
        usableHere: z.boolean().nullable(),
      }),
    ),
  }),
  probe: ({ powershell }, { services, administrators }) =>
    powershell.run('getAccounts', { accounts: [...services, ...administrators] }),
  findings: ({ accounts }, input) => findings(accounts, input),
  notes: ({ accounts }, { host }) =>
    accounts
      .filter(({ kind, usableHere }) => kind === 'gmsa' && usableHere === null)
      .map(
        ({ account }) =>
          `Whether ${host} may use ${account} is not known: RSAT-AD-PowerShell is not installed there`,
      ),
});

interface SeenAccount {
  readonly account: string;
  readonly kind: keyof typeof KINDS | 'missing';
  readonly isEnabled: boolean;
  readonly usableHere: boolean | null;
}

function findings(
  accounts: readonly SeenAccount[],
  { host, services }: { readonly host: string; readonly services: readonly string[] },
): readonly Finding[] {
  const isService = new Set(services);
  return accounts.flatMap(({ account, kind, isEnabled, usableHere }): readonly Finding[] => {
    const line = isService.has(account) ? 'service-accounts' : 'administrator-groups';
    if (kind === 'missing')
      return [{ id: 'account-missing', line, fault: `The directory knows no ${account}` }];
    if (!isEnabled) return [{ id: 'account-disabled', line, fault: `${account} is switched off` }];
    if (!isService.has(account)) return [];
    const wanted = account.endsWith('$') ? 'gmsa' : 'user';
    if (kind !== wanted) {
      const fault = `${account} is ${KINDS[kind]}, not ${KINDS[wanted]}`;
      return [{ id: 'account-of-another-kind', line, fault }];
    }
    if (usableHere !== false) return [];
    return [
      { id: 'account-not-usable-here', line: 'managed-accounts', fault: `${host} may not use ${account}` },
    ];
  });
}

const KINDS = {
  user: 'a user',
  gmsa: 'a group managed service account',
  group: 'a group',
  other: 'neither user nor group',
} as const;
