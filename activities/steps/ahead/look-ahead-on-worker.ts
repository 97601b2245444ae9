import { z } from 'zod';
import { buildWarnings } from '../../ahead/builds.ts';
import { ending, endingOf, endingWarning, thresholdsOf } from '../../ahead/certificates.ts';
import { defineForesight } from '../../ahead/define-foresight.ts';
import { versionSuffix } from '../../site.ts';
import { everyWorker } from '../hosts.ts';

/**
 * What will stop a worker that works today: its client certificate ends, or it is of another build than the nodes.
 *
 * Source: *Certificates*, worker certificate; domain facts, 9.3 and *Step 11*.
 */
export const lookAheadOnWorker = defineForesight({
  id: 'look-ahead-on-worker',
  title: 'Look what lies ahead of the worker',
  why: 'A worker whose certificate has ended is refused by every Master.',
  on: everyWorker,
  after: [],
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    instance: site.instance.name,
    build: site.product.build,
    thresholds: thresholdsOf(site),
  }),

  observed: z.strictObject({ certificate: ending.nullable(), build: z.string().nullable() }),
  async probe({ powershell, clock }, { suffix, instance }) {
    const { worker } = await powershell.run('getWorker', { suffix });
    const found = await powershell.run('getInstallation', { instance, suffix });
    const certificate = worker?.certificate ?? null;
    return {
      certificate: certificate && endingOf(certificate.notAfterMs, clock.now()),
      build: found.worker.version,
    };
  },
  warnings: ({ certificate, build: found }, { host, build, thresholds }) => [
    ...endingWarning(certificate, {
      where: host,
      thresholds,
      what: `The client certificate of the worker on ${host}`,
      advice: `Make a new one on ${host}, name it in WorkerHttpsCertThumbprint and start a run, which lets every node trust it.`,
    }),
    ...buildWarnings({ 'The Scale Out Worker': found }, { host, build }),
  ],
});
