import { z } from 'zod';
import { takesMasterCertificate, usableMasterCertificates } from '../../setup/master-certificate.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * The settings of the Master are a file on each node that nothing keeps equal: each must lead to the listener and
 * name a certificate that this node holds with its key.
 *
 * Source: *Master*, MasterSettings.config; domain facts, section 1, 4.
 */
export const checkNodeTruth = defineCheck({
  id: 'check-node-truth',
  title: "Check the node's settings of the Master",
  why: 'The file of a node that is at rest is read when it must take over.',
  on: everyNode,
  after: ['enable-worker'],
  takes(site, host) {
    const { fullName: name, shortName } = takesMasterCertificate(site);
    const { listener } = site.availabilityGroup;
    return {
      host,
      suffix: versionSuffix(site),
      name,
      shortName,
      port: site.scaleOutMaster.port,
      servers: [`${listener.name},${listener.port}`, `${fullName(listener.name, site)},${listener.port}`],
    };
  },

  observed: z.strictObject({
    server: z.string().nullable(),
    port: z.number().nullable(),
    thumbprint: z.string().nullable(),
    certificates: z.array(z.string()),
    readsOlderFile: z.boolean(),
  }),
  async probe(ports, { suffix, name, shortName }) {
    const { settings, readsOlderFile } = await ports.powershell.run('getMasterSettings', { suffix });
    return {
      server: settings?.server ?? null,
      port: settings?.port ?? null,
      thumbprint: settings?.thumbprint ?? null,
      certificates: await usableMasterCertificates(ports, [name, shortName]),
      readsOlderFile,
    };
  },
  shortfall({ server, port, thumbprint, certificates, readsOlderFile }, wanted) {
    const leads = wanted.servers.some((known) => known.toLowerCase() === server?.toLowerCase());
    return [
      ...(leads
        ? []
        : [`SqlServerName on ${wanted.host} is ${server ?? 'not set'}, not ${wanted.servers[0]}`]),
      ...(port === wanted.port
        ? []
        : [`PortNumber on ${wanted.host} is ${port ?? 'not set'}, not ${wanted.port}`]),
      ...(thumbprint !== null && certificates.includes(thumbprint)
        ? []
        : [
            `SSLCertThumbprint on ${wanted.host} is ${thumbprint ?? 'not set'}, which is no certificate of ${wanted.name} that it holds with its key`,
          ]),
      ...(readsOlderFile ? [`The Master on ${wanted.host} runs on older settings`] : []),
    ];
  },
  advice: 'Start a new run, which mends MasterSettings.config and restarts the Master.',
});
