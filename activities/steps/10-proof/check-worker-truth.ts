import { z } from 'zod';
import { versionSuffix } from '../../site.ts';
import { defineTruthCheck } from '../../truth/define-truth-check.ts';
import {
  lookAtMaster,
  masterCells,
  masterFromHere,
  takesMasterFromHere,
} from '../../truth/master-from-here.ts';
import { cell } from '../../truth/places.ts';
import { masterEndpoint } from '../../worker/worker-site.ts';
import { everyWorker } from '../hosts.ts';

/**
 * What the worker pins must be what the Master presents at its name, as seen from this machine: name, address,
 * port, firewall and certificate in one look.
 *
 * Source: *Worker*, MasterHttpsCertThumbprint; domain facts, R3 ("could not establish trust relationship").
 */
export const checkWorkerTruth = defineTruthCheck({
  id: 'check-worker-truth',
  title: 'Check that the worker meets the Master that it trusts',
  why: 'A worker pins one certificate, and is offline with any other.',
  on: everyWorker,
  after: [{ sameHost: 'enable-worker' }],
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    master: { ...takesMasterFromHere(site) },
    endpoint: masterEndpoint(site),
  }),

  observed: z.strictObject({
    endpoint: z.string().nullable(),
    pinned: z.string().nullable(),
    trusted: z.array(z.string()),
    master: masterFromHere,
  }),
  async probe(ports, { suffix, master }) {
    const { worker } = await ports.powershell.run('getWorker', { suffix });
    const { certificates } = await ports.powershell.run('getCertificates', {
      store: 'Root',
      dnsName: master.name,
    });
    return {
      endpoint: worker?.settings?.masterEndpoint ?? null,
      pinned: worker?.settings?.masterThumbprint || null,
      trusted: certificates.map(({ thumbprint }) => thumbprint),
      master: await lookAtMaster(ports, master),
    };
  },
  facts: ({ endpoint, pinned, trusted, master: { expected } }, { host }) => [
    {
      about: 'worker',
      of: host,
      master: endpoint,
      trustsMaster: expected !== null && pinned === expected && trusted.includes(expected),
    },
  ],
  truth({ endpoint, pinned, trusted, master: seen }, { host: where, master, endpoint: wanted }) {
    const mendedBy = `configure-worker@${where}`;
    const { expected } = seen;
    const held = trusted.find((thumbprint) => thumbprint === expected) ?? trusted[0] ?? null;
    return [
      cell({ place: 'worker-endpoint', where, value: endpoint, wanted, mendedBy }),
      cell({ place: 'worker-pin', where, value: pinned, wanted: expected, mendedBy }),
      cell({ place: 'worker-trust', where, value: held, wanted: expected, mendedBy }),
      ...masterCells(seen, master, where),
    ];
  },
});
