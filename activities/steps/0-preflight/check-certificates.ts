import { z } from 'zod';
import { adviceFor, asFindings } from '../../requests/lines.ts';
import { fittingCertificate, HAVE_ONE_ISSUED, lacksCertificate, takesEngine } from '../../setup/engine.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Without a certificate that names node and listener, no client that verifies can connect to the engine once
 * it is installed: it is missed at once, not after setup has run for half an hour.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*, certificate requirements.
 */
export const checkCertificates = defineCheck({
  id: 'check-certificates',
  title: "Look for the engine's certificate",
  why: 'The engine is to present it from its first connection on.',
  on: (site) => (site.instance.certificate === undefined ? [] : everyNode(site)),
  after: [{ sameHost: 'check-host' }],
  takes(site, host) {
    const { names } = takesEngine(site, host);
    return { host, names };
  },

  observed: z.strictObject({ certificate: z.string().nullable() }),
  probe: async (ports, { names }) => ({ certificate: await fittingCertificate(ports, names, null) }),
  shortfall: ({ certificate }, input) => (certificate === null ? [lacksCertificate(input)] : []),
  advice: ({ certificate }, input) =>
    adviceFor(
      asFindings('engine-certificates', certificate === null ? [lacksCertificate(input)] : []),
      HAVE_ONE_ISSUED,
    ),
});
