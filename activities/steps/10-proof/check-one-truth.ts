import { z } from 'zod';
import { primaryTarget, replicasOf, targetOf } from '../../primary.ts';
import { publishedCertificate, takesMasterCertificate } from '../../setup/master-certificate.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineTruthCheck } from '../../truth/define-truth-check.ts';
import { cell, type PlaceId } from '../../truth/places.ts';
import { masterEndpoint } from '../../worker/worker-site.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The places that name the Master or SSISDB and belong to no single machine: the role's client access point, the
 * listener, the properties in SSISDB and the stored connection string. What stands on nodes and workers is
 * checked there.
 *
 * Source: domain facts, section 7, 4; *HA*, steps 4, 6, 7 and 8.
 */
export const checkOneTruth = defineTruthCheck({
  id: 'check-one-truth',
  title: 'Check that everything names the same Master and the same SSISDB',
  why: 'A name that is right in seven places and wrong in the eighth is found at the next failover.',
  on: theFirstNode,
  after: ['enable-worker'],
  takes(site, host) {
    const { fullName: name, shortName } = takesMasterCertificate(site);
    const { listener } = site.availabilityGroup;
    return {
      host,
      suffix: versionSuffix(site),
      shortName,
      group: site.availabilityGroup.name,
      published: publishedCertificate(site),
      master: { name, port: site.scaleOutMaster.port, endpoint: masterEndpoint(site) },
      listener: `${listener.name},${listener.port}`,
      logServer: `${fullName(listener.name, site)},${listener.port}`,
      replicas: { ...replicasOf(site) },
    };
  },

  observed: z.strictObject({
    /** Node whose copy of SSISDB is primary. */
    primary: z.string(),
    role: z.strictObject({ owner: z.string(), dnsName: z.string().nullable() }).nullable(),
    /** Of the certificate that the workers were given, or else of the one that is presented. */
    certificate: z.string().nullable(),
    listener: z.string().nullable(),
    /** At one of its addresses. */
    listenerIsOnline: z.boolean(),
    properties: z.record(z.string(), z.string().nullable()),
    logServer: z.string().nullable(),
  }),
  async probe(ports, { suffix, group, published, master: { name, port }, replicas }) {
    const { powershell } = ports;
    const { role } = await powershell.run('getMasterRole', { suffix, nodes: [...replicas.nodes] });
    const { thumbprint: presented } = await powershell.run('getMasterEndpoint', { name, port });
    const { thumbprint } = await powershell.run('getCertificateFile', { path: published });
    const target = await primaryTarget(ports, replicas);
    const truth = await ports.sql.run('getOneTruth', {}, target);
    const { listener } = await ports.sql.run('getListener', { group }, target);
    const primary = replicas.nodes.find((node) => targetOf(node, replicas).server === target.server);
    return {
      primary: primary ?? target.server,
      role: role && { owner: role.owner, dnsName: role.network?.dnsName ?? null },
      certificate: thumbprint ?? presented,
      listenerIsOnline: listener?.addresses.some(({ state }) => state === 'ONLINE') ?? false,
      listener: truth.listener && `${truth.listener.name},${truth.listener.port}`,
      properties: Object.fromEntries(truth.properties.map(({ name: property, value }) => [property, value])),
      logServer: truth.logServer,
    };
  },
  facts: ({ role, primary, listener, listenerIsOnline }, { shortName, group }) => {
    const [name = null, port] = listener?.split(',') ?? [];
    return [
      { about: 'role', of: shortName, owner: role?.owner ?? null, state: null },
      { about: 'primary', of: group, at: primary },
      {
        about: 'listener',
        of: group,
        name,
        port: port === undefined ? null : Number(port),
        isOnline: listenerIsOnline,
      },
    ];
  },
  truth({ role, certificate, listener, properties, logServer }, input) {
    const { host, shortName, master } = input;
    const settings = `check-master-settings-agree@${role?.owner ?? host}`;
    const told = (place: PlaceId, property: string, wanted: string | null, mendedBy: string) =>
      cell({ place, where: 'primary', value: properties[property] || null, wanted, mendedBy });
    const log = (place: PlaceId, value: string | null) => {
      const wanted = isShort(value, input) ? value : input.logServer;
      return cell({ place, where: 'primary', value, wanted, mendedBy: 'set-log-connection@primary' });
    };
    return [
      cell({
        place: 'access-point',
        where: 'cluster',
        value: role?.dnsName ?? null,
        wanted: shortName,
        mendedBy: `create-role@${host}`,
      }),
      cell({
        place: 'listener',
        where: 'primary',
        value: listener,
        wanted: input.listener,
        mendedBy: 'create-listener@primary',
      }),
      told('master-address', 'MASTER_ADDRESS', master.endpoint, 'set-master-address@primary'),
      told('machine-name', 'MACHINE_NAME', role?.owner ?? null, `create-role@${host}`),
      told('service-port', 'MASTER_SERVICE_PORT', String(master.port), settings),
      told('certificate-told', 'SSLCERT_THUMBPRINT', certificate, settings),
      log('log-server-told', properties['CLUSTER_LOGDB_SERVER'] || null),
      log('log-connection', logServer),
    ];
  },
});

/** A server may be named short or in full. */
function isShort(server: string | null, { listener }: { readonly listener: string }): boolean {
  return server?.toLowerCase() === listener.toLowerCase();
}
