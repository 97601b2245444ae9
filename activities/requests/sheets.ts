import type { Site } from '../site.ts';
import { backupRequests } from './backup.ts';
import { directoryAccounts } from './directory-accounts.ts';
import { directoryNames } from './directory-names.ts';
import { fileOf, numberedLines, SHEET_NAMES, type Line, type SheetName } from './lines.ts';
import { networkRequests } from './network.ts';
import { securityRequests } from './security.ts';
import type { Request, Sheet } from './sheet.ts';

/** What others must do before a run of the site, one sheet for each team. Looks at nothing but the site. */
export function sheetsFor(site: Site): readonly Sheet[] {
  const requests: Record<Line, Request> = {
    ...directoryNames(site),
    ...directoryAccounts(site),
    ...networkRequests(site),
    ...securityRequests(site),
    ...backupRequests(site),
  };
  return SHEET_NAMES.map((name) => ({
    name,
    file: fileOf(name),
    site: site.site,
    ...TITLES[name],
    requests: numberedLines(name).map(({ line, number }) => ({ number, ...requests[line] })),
  }));
}

const TITLES: Readonly<Record<SheetName, { readonly title: string; readonly about: string }>> = {
  directory: {
    title: 'Directory team',
    about: 'Computer objects, names, accounts and their groups, in Active Directory and DNS.',
  },
  network: {
    title: 'Network team',
    about: 'Addresses, subnets, connections through firewalls, and what must not be touched on the way.',
  },
  security: {
    title: 'Security team',
    about: 'Rights, administrators, certificates, secrets, and what policies and scanners must leave alone.',
  },
  backup: {
    title: 'Back-up team',
    about: 'Shares, backups of SSISDB, of its log and of its key, and what belongs in no backup.',
  },
};
