import { z } from 'zod';
import { publishedCertificate } from '../../setup/master-certificate.ts';
import { versionSuffix } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * The cluster copies no files: each node's Master must listen on the same port and present the same
 * certificate, or it works on one node and is dead on another while the cluster calls it online. The
 * certificate that all must have is the one that the workers are given.
 *
 * Source: *HA*, steps 3 and 5; *Master*, PortNumber and SSLCertThumbprint.
 */
export const checkMasterSettingsAgree = defineCheck({
  id: 'check-master-settings-agree',
  title: 'Check that the Master is set alike on all nodes',
  why: 'A node that differs is noticed only when the role comes there.',
  on: everyNode,
  after: [{ sameHost: 'point-master-at-listener' }],
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    port: site.scaleOutMaster.port,
    certificate: publishedCertificate(site),
  }),

  observed: z.strictObject({
    port: z.number().nullable(),
    thumbprint: z.string().nullable(),
    published: z.string().nullable(),
    /** What http.sys presents at the port of the Master. */
    bound: z.string().nullable(),
  }),
  async probe({ powershell }, { suffix, port, certificate }) {
    const { settings } = await powershell.run('getMasterSettings', { suffix });
    const { thumbprint } = await powershell.run('getCertificateFile', { path: certificate });
    return {
      port: settings?.port ?? null,
      thumbprint: settings?.thumbprint ?? null,
      published: thumbprint,
      bound: (await powershell.run('getHttpBinding', { port })).thumbprint,
    };
  },
  shortfall: ({ port, thumbprint, published, bound }, wanted) => [
    ...(port === wanted.port
      ? []
      : [`The Master on ${wanted.host} is set to port ${port ?? 'none'}, not ${wanted.port}`]),
    ...(published === null ? [`The Master's certificate does not lie at ${wanted.certificate}`] : []),
    ...(published === null || thumbprint === published
      ? []
      : [`The Master on ${wanted.host} is set to the certificate ${thumbprint ?? 'none'}, not ${published}`]),
    ...(published === null || bound === published
      ? []
      : [
          `Port ${wanted.port} of ${wanted.host} is bound to the certificate ${bound ?? 'none'}, not ${published}`,
        ]),
  ],
  advice:
    'Set PortNumber and SSLCertThumbprint in MasterSettings.config to the values of the other nodes, and bind that certificate to the port, then retry.',
});
