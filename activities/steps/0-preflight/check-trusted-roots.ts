import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { asFindings, type Finding } from '../../requests/lines.ts';
import { everyHost } from '../hosts.ts';

/**
 * A certificate among the trusted roots that is not self-signed makes Windows refuse every client's
 * certificate: workers get 403 from the Master, and nothing says why.
 *
 * Source: KB 2802568; *SSIS Scale Out, troubleshooting*, 403; domain facts, section 7, row 13.
 */
export const checkTrustedRoots = defineFindings({
  id: 'check-trusted-roots',
  title: 'Look at the trusted roots',
  why: 'One wrong certificate among them cuts every worker off.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  skippable: true,
  takes: (_site, host) => ({ host }),

  observed: z.strictObject({
    certificates: z.array(
      z.strictObject({ thumbprint: z.string(), subject: z.string(), issuer: z.string() }),
    ),
    isBorne: z.boolean(),
  }),
  probe: ({ powershell }) => powershell.run('getForeignRoots', {}),
  findings: (observed, { host }) => findings(observed, host),
});

interface Seen {
  readonly certificates: readonly {
    readonly thumbprint: string;
    readonly subject: string;
    readonly issuer: string;
  }[];
  readonly isBorne: boolean;
}

function findings({ certificates, isBorne }: Seen, host: string): readonly Finding[] {
  if (isBorne) return [];
  return asFindings(
    'worker-certificates',
    certificates.map(
      ({ thumbprint, subject, issuer }) =>
        `${subject} (${thumbprint}), issued by ${issuer}, lies in LocalMachine\\Root of ${host}, where only self-signed certificates may lie`,
    ),
    'foreign-root',
  );
}
