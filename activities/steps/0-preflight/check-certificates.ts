import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { isoDay } from '../../findings/accepted.ts';
import { asFindings, type Finding } from '../../requests/lines.ts';
import { fittingCertificate, lacksCertificate, takesEngine } from '../../setup/engine.ts';
import { everyNode } from '../hosts.ts';

/**
 * Without a certificate that names node and listener, no client that verifies can connect to the engine once
 * it is installed: it is missed at once, not after setup has run for half an hour.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*, certificate requirements.
 */
export const checkCertificates = defineFindings({
  id: 'check-certificates',
  title: "Look for the engine's certificate",
  why: 'The engine is to present it from its first connection on.',
  on: (site) => (site.instance.certificate === undefined ? [] : everyNode(site)),
  after: [{ sameHost: 'check-host' }],
  takes(site, host) {
    const { names } = takesEngine(site, host);
    return { host, names };
  },

  observed: z.strictObject({
    certificate: z.strictObject({ thumbprint: z.string(), notAfterMs: z.number() }).nullable(),
  }),
  probe: async (ports, { names }) => ({ certificate: await fittingCertificate(ports, names, null) }),
  findings: ({ certificate }, input, now) =>
    certificate === null
      ? asFindings('engine-certificates', [lacksCertificate(input)], 'certificate-missing')
      : endsSoon(certificate, input.host, now),
  warnings: ['certificate-ends-soon'],
});

/** Source: domain facts, section 2, `verify.certificateDaysLeft`: the first of its warnings. */
const DAYS_LEFT = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

function endsSoon(
  { thumbprint, notAfterMs }: { readonly thumbprint: string; readonly notAfterMs: number },
  host: string,
  now: Date,
): readonly Finding[] {
  const days = Math.floor((notAfterMs - now.getTime()) / DAY_MS);
  if (days >= DAYS_LEFT) return [];
  const end = isoDay(new Date(notAfterMs));
  const fault = `The certificate ${thumbprint} of the engine on ${host} ends on ${end}, in ${days} days`;
  return asFindings('engine-certificates', [fault], 'certificate-ends-soon');
}
