import { z } from 'zod';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { takesMasterCertificate, usableMasterCertificates } from '../../setup/master-certificate.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { masterEndpoint } from '../../worker/worker-site.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The places that name the Master or SSISDB and belong to no single machine: the certificate's subject, the role's
 * client access point, the DNS answer, the listener, the properties in SSISDB and the stored connection string.
 * Each was right when it was set; here they must agree. What stands on nodes and workers is checked there.
 *
 * Source: domain facts, section 7, 4; *HA*, steps 2, 4, 6, 7 and 8.
 */
export const checkOneTruth = defineCheck({
  id: 'check-one-truth',
  title: 'Check that everything names the same Master and the same SSISDB',
  why: 'A name that is right in seven places and wrong in the eighth is found at the next failover.',
  on: theFirstNode,
  after: ['enable-worker'],
  takes(site) {
    const { fullName: name, shortName } = takesMasterCertificate(site);
    const { listener } = site.availabilityGroup;
    return {
      suffix: versionSuffix(site),
      name,
      shortName,
      port: site.scaleOutMaster.port,
      addresses: site.scaleOutMaster.addresses.map(({ ip }) => ip),
      endpoint: masterEndpoint(site),
      listener: { name: listener.name, port: listener.port },
      logServer: `${fullName(listener.name, site)},${listener.port}`,
      replicas: { ...replicasOf(site) },
    };
  },

  observed: z.strictObject({
    certificates: z.array(z.string()),
    role: z
      .strictObject({ owner: z.string(), dnsName: z.string().nullable(), addresses: z.array(z.string()) })
      .nullable(),
    answers: z.array(z.string()),
    presented: z.string().nullable(),
    listener: z.strictObject({ name: z.string(), port: z.number() }).nullable(),
    properties: z.record(z.string(), z.string().nullable()),
    logServer: z.string().nullable(),
  }),
  async probe(ports, { suffix, name, shortName, port, replicas }) {
    const { role } = await ports.powershell.run('getMasterRole', { suffix, nodes: [...replicas.nodes] });
    const { addresses, thumbprint } = await ports.powershell.run('getMasterEndpoint', { name, port });
    const truth = await ports.sql.run('getOneTruth', {}, await primaryTarget(ports, replicas));
    return {
      certificates: await usableMasterCertificates(ports, [name, shortName]),
      role: role && {
        owner: role.owner,
        dnsName: role.network?.dnsName ?? null,
        addresses: role.addresses.map(({ ip }) => ip),
      },
      answers: addresses,
      presented: thumbprint,
      listener: truth.listener,
      properties: Object.fromEntries(truth.properties.map(({ name: property, value }) => [property, value])),
      logServer: truth.logServer,
    };
  },
  shortfall(seen, wanted) {
    const { certificates, role, answers, presented, listener, properties, logServer } = seen;
    const told = (property: string) => properties[property] || null;
    return [
      ...(certificates.length === 0
        ? [`No certificate in Root names ${wanted.name} and ${wanted.shortName}`]
        : []),
      ...differs('The client access point of the role', role?.dnsName ?? null, wanted.shortName),
      ...(answers.some((ip) => wanted.addresses.includes(ip))
        ? []
        : [
            `DNS leads ${wanted.name} to ${answers.join(', ') || 'nothing'}, not to ${wanted.addresses.join(', ')}`,
          ]),
      ...(presented !== null && certificates.includes(presented)
        ? []
        : [
            `${wanted.name}:${wanted.port} presents ${presented ?? 'no certificate'}, not one of ${certificates.join(', ') || 'none'}`,
          ]),
      ...differs('The listener', listener?.name ?? null, wanted.listener.name),
      ...differs('The port of the listener', text(listener?.port), text(wanted.listener.port)),
      ...differs('MASTER_ADDRESS in SSISDB', told('MASTER_ADDRESS'), wanted.endpoint),
      ...differs('MACHINE_NAME in SSISDB', told('MACHINE_NAME'), role?.owner ?? null),
      ...differs('MASTER_SERVICE_PORT in SSISDB', told('MASTER_SERVICE_PORT'), text(wanted.port)),
      ...differs('SSLCERT_THUMBPRINT in SSISDB', told('SSLCERT_THUMBPRINT'), presented),
      ...differsAsServer('CLUSTER_LOGDB_SERVER in SSISDB', told('CLUSTER_LOGDB_SERVER'), wanted),
      ...differsAsServer('The stored connection string for logs', logServer, wanted),
    ];
  },
  advice:
    'Let the step that sets the name that differs be done again: start a new run, which mends what is not in place.',
});

function differs(what: string, found: string | null, wanted: string | null): string[] {
  if (found?.toLowerCase() === wanted?.toLowerCase()) return [];
  return [`${what} is ${found ?? 'not set'}, not ${wanted ?? 'known'}`];
}

interface WantedServer {
  readonly logServer: string;
  readonly listener: { readonly name: string; readonly port: number };
}

/** A server may be named short or in full. */
function differsAsServer(
  what: string,
  found: string | null,
  { logServer, listener }: WantedServer,
): string[] {
  const short = `${listener.name},${listener.port}`;
  return found?.toLowerCase() === short.toLowerCase() ? [] : differs(what, found, logServer);
}

function text(value: number | undefined): string | null {
  return value === undefined ? null : String(value);
}
