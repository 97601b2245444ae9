import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { defineChange } from '../../step.ts';
import { flawsOf, isMachine } from '../../worker/client-certificate.ts';
import { publishedFile } from '../../worker/worker-site.ts';
import { everyNode } from '../hosts.ts';

/**
 * On every Master node: the graphical tool trusts a worker only where it happens to be connected, and then workers
 * are offline as soon as the role has moved (403). The exchange share says which certificate a worker has now;
 * where it holds none any more, one in Root that names the worker is taken for it.
 *
 * Source: *HA-FCI*, notes on workers; *Certificates*, worker certificate; domain facts, 9.2.
 */
export const trustWorkers = defineChange({
  id: 'trust-workers',
  title: 'Trust the certificates of all workers',
  why: 'Whichever node runs the Master must know every worker.',
  on: everyNode,
  after: ['install-worker'],
  patience: { applyMinutes: 10, settleMinutes: 2 },
  takes: (site, host) => ({
    host,
    folder: site.directory.exchange,
    domain: site.directory.domain,
    workers: site.workers.map(({ name }) => name).join(' '),
  }),

  observed: z.strictObject({
    /** Thumbprints in Root that name a worker of the site. */
    trusted: z.array(z.string()),
    /** Workers that a certificate in Root names. */
    known: z.array(z.string()),
    published: z.array(
      z.strictObject({
        worker: z.string(),
        thumbprint: z.string(),
        until: z.string(),
        flaws: z.array(z.string()),
      }),
    ),
  }),
  async probe({ powershell, clock }, { folder, domain, workers }) {
    const names = workers.split(' ');
    const files = names.map((worker) => publishedFile(worker, domain));
    const { published } = await powershell.run('getPublished', { folder, files });
    const inRoot = await powershell.run('getTrusted', { names: namesOf(names, domain) });
    const isKnown = (worker: string) =>
      inRoot.certificates.some((certificate) => certificate.names.some((name) => isMachine(name, worker)));
    return {
      trusted: inRoot.certificates.map(({ thumbprint }) => thumbprint).toSorted(),
      known: names.filter(isKnown),
      published: names.flatMap((worker) => {
        const found = published.find(({ file }) => file === publishedFile(worker, domain));
        if (!found) return [];
        const { thumbprint, notAfterMs } = found.certificate;
        const until = new Date(notAfterMs).toISOString().slice(0, 10);
        return [{ worker, thumbprint, until, flaws: flawsOf(found.certificate, worker, clock.now()) }];
      }),
    };
  },
  shortfall({ trusted, known, published }, { host, workers, folder }) {
    return workers.split(' ').flatMap((worker) => {
      const found = published.find((candidate) => candidate.worker === worker);
      if (found && !trusted.includes(found.thumbprint)) {
        return [
          `${host} does not trust the certificate ${found.thumbprint} of ${worker} (valid until ${found.until})`,
        ];
      }
      if (found || known.includes(worker)) return [];
      return [`${host} trusts no certificate of ${worker}, and none lies in ${folder}`];
    });
  },
  facts: ({ trusted, known, published }, { host, workers }) => {
    const isTrusted = (worker: string) => {
      const own = published.find((found) => found.worker === worker);
      return own ? trusted.includes(own.thumbprint) : known.includes(worker);
    };
    return [{ about: 'trust', of: host, workers: workers.split(' ').filter(isTrusted) }];
  },

  async apply({ powershell }, { folder, domain, workers }, { before }) {
    for (const { worker, thumbprint, flaws } of before.published) {
      if (before.trusted.includes(thumbprint)) continue;
      const path = `${folder}\\${publishedFile(worker, domain)}`;
      if (flaws.length > 0) {
        throw new OperatorError(
          `The certificate ${thumbprint} of ${worker} (${path}) is not to be trusted: ${flaws.join('; ')}`,
          `Give the worker on ${worker} a self-signed certificate for client authentication that names it, then retry.`,
        );
      }
      await powershell.run('trustCertificate', { path, thumbprint });
    }
    const unknown = workers
      .split(' ')
      .filter((worker) => !isPublished(before.published, worker) && !before.known.includes(worker));
    if (unknown.length === 0) return;
    throw new OperatorError(
      `No certificate of ${unknown.join(', ')} lies in ${folder}`,
      `Copy SSISScaleOutWorker.cer of each there as ${publishedFile('<worker>', domain)}, then retry.`,
    );
  },
  undo: {
    async auto({ powershell }, { domain, workers }, { before }) {
      const { certificates } = await powershell.run('getTrusted', {
        names: namesOf(workers.split(' '), domain),
      });
      for (const { thumbprint } of certificates) {
        const isOurs = before.published.some((found) => found.thumbprint === thumbprint);
        if (!isOurs || before.trusted.includes(thumbprint)) continue;
        await powershell.run('removeCertificate', { store: 'Root', thumbprint });
      }
    },
  },
});

/** A subject may give a machine's name short or in full. */
function namesOf(workers: readonly string[], domain: string): string[] {
  return workers.flatMap((worker) => [worker, `${worker}.${domain}`]);
}

function isPublished(published: readonly { readonly worker: string }[], worker: string): boolean {
  return published.some((found) => found.worker === worker);
}
