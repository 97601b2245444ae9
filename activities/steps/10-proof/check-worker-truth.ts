import { z } from 'zod';
import { fullName, versionSuffix } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { masterEndpoint } from '../../worker/worker-site.ts';
import { everyWorker } from '../hosts.ts';

/**
 * What the worker pins must be what the Master presents at its name, as seen from this machine: name, address,
 * port, firewall and certificate in one look.
 *
 * Source: *Worker*, MasterHttpsCertThumbprint; domain facts, R3 ("could not establish trust relationship").
 */
export const checkWorkerTruth = defineCheck({
  id: 'check-worker-truth',
  title: 'Check that the worker meets the Master that it trusts',
  why: 'A worker pins one certificate, and is offline with any other.',
  on: everyWorker,
  after: [{ sameHost: 'enable-worker' }],
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    name: fullName(site.scaleOutMaster.name, site),
    port: site.scaleOutMaster.port,
    endpoint: masterEndpoint(site),
  }),

  observed: z.strictObject({
    endpoint: z.string().nullable(),
    pinned: z.string().nullable(),
    isTrusted: z.boolean(),
    presented: z.string().nullable(),
  }),
  async probe({ powershell }, { suffix, name, port }) {
    const { worker } = await powershell.run('getWorker', { suffix });
    const { certificates } = await powershell.run('getCertificates', { store: 'Root', dnsName: name });
    const { thumbprint } = await powershell.run('getMasterEndpoint', { name, port });
    const pinned = worker?.settings?.masterThumbprint || null;
    return {
      endpoint: worker?.settings?.masterEndpoint ?? null,
      pinned,
      isTrusted: certificates.some((certificate) => certificate.thumbprint === pinned),
      presented: thumbprint,
    };
  },
  shortfall({ endpoint, pinned, isTrusted, presented }, wanted) {
    return [
      ...(endpoint?.toLowerCase() === wanted.endpoint
        ? []
        : [`MasterEndpoint on ${wanted.host} is ${endpoint ?? 'not set'}, not ${wanted.endpoint}`]),
      ...(isTrusted
        ? []
        : [`${wanted.host} pins ${pinned ?? 'no certificate'}, which is not in its Root for ${wanted.name}`]),
      ...(presented === null
        ? [`${wanted.name}:${wanted.port} presents no certificate to ${wanted.host}`]
        : []),
      ...(presented === null || presented === pinned
        ? []
        : [
            `${wanted.name}:${wanted.port} presents ${presented}, but ${wanted.host} pins ${pinned ?? 'nothing'}`,
          ]),
    ];
  },
  advice:
    'See that the name leads to the role, that its port is open to this machine and that the certificate is the one of chapter 2; then retry, or start a new run.',
});
