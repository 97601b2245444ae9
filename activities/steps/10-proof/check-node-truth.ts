import { z } from 'zod';
import { masterCertificates } from '../../setup/master-certificate.ts';
import { firstNode, fullName, versionSuffix } from '../../site.ts';
import { defineTruthCheck } from '../../truth/define-truth-check.ts';
import {
  lookAtMaster,
  masterCells,
  masterFromHere,
  takesMasterFromHere,
} from '../../truth/master-from-here.ts';
import { cell } from '../../truth/places.ts';
import { everyNode } from '../hosts.ts';

/**
 * The settings of the Master are a file on each node that nothing keeps equal: each must lead to the listener and
 * name the certificate that the workers were given, which this node must hold with its key.
 *
 * Source: *Master*, MasterSettings.config; domain facts, section 1, 4.
 */
export const checkNodeTruth = defineTruthCheck({
  id: 'check-node-truth',
  title: "Check the node's settings of the Master",
  why: 'The file of a node that is at rest is read when it must take over.',
  on: everyNode,
  after: ['enable-worker'],
  takes(site, host) {
    const { listener } = site.availabilityGroup;
    const isFirst = firstNode(site).name === host;
    return {
      host,
      suffix: versionSuffix(site),
      master: { ...takesMasterFromHere(site) },
      server: `${fullName(listener.name, site)},${listener.port}`,
      shortServer: `${listener.name},${listener.port}`,
      certificateStep: `${isFirst ? 'create' : 'import'}-master-certificate@${host}`,
    };
  },

  observed: z.strictObject({
    server: z.string().nullable(),
    port: z.number().nullable(),
    thumbprint: z.string().nullable(),
    readsOlderFile: z.boolean(),
    master: masterFromHere,
    /** The certificate that all must have, as it lies in Root here. */
    certificate: z.strictObject({ names: z.string(), fault: z.string().nullable() }).nullable(),
  }),
  async probe(ports, { suffix, master }) {
    const { settings, readsOlderFile } = await ports.powershell.run('getMasterSettings', { suffix });
    const seen = await lookAtMaster(ports, master);
    const held = await masterCertificates(ports, [master.name, master.shortName]);
    const own = held.find(({ thumbprint }) => thumbprint === (seen.expected ?? settings?.thumbprint));
    return {
      server: settings?.server ?? null,
      port: settings?.port ?? null,
      thumbprint: settings?.thumbprint ?? null,
      readsOlderFile,
      master: seen,
      certificate: own ? { names: own.dnsNames.join(', '), fault: own.fault } : null,
    };
  },
  truth(seen, { host: where, master, server, shortServer, certificateStep }) {
    const { certificate } = seen;
    const agreed = `check-master-settings-agree@${where}`;
    const pointed = `point-master-at-listener@${where}`;
    const isShort = seen.server?.toLowerCase() === shortServer.toLowerCase();
    const fault = certificate?.fault ? ` (${certificate.fault})` : '';
    return [
      cell({
        place: 'certificate-names',
        where,
        value: certificate && `${certificate.names}${fault}`,
        wanted: `${master.name}, ${master.shortName}`,
        agrees: certificate?.fault === null,
        mendedBy: certificateStep,
      }),
      cell({
        place: 'settings-thumbprint',
        where,
        value: seen.thumbprint,
        wanted: seen.master.expected,
        mendedBy: agreed,
      }),
      cell({
        place: 'settings-server',
        where,
        value: seen.server,
        wanted: isShort ? seen.server : server,
        mendedBy: pointed,
      }),
      cell({
        place: 'settings-port',
        where,
        value: seen.port === null ? null : String(seen.port),
        wanted: String(master.port),
        mendedBy: agreed,
      }),
      cell({
        place: 'settings-in-use',
        where,
        value: seen.readsOlderFile ? 'an older file' : 'the file',
        wanted: 'the file',
        mendedBy: pointed,
      }),
      ...masterCells(seen.master, master, where),
    ];
  },
});
