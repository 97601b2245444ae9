import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { observeRestart, restartNotes, restartObserved } from '../../restart/wanted.ts';
import { notDone } from '../../setup/exit-codes.ts';
import type { LookContext } from '../../step-spec.ts';
import { defineChange } from '../../step.ts';
import { featuresFor, setUpWorker, takesWorkerSetup } from '../../worker/worker-setup.ts';
import { publishedFile } from '../../worker/worker-site.ts';
import { preflight } from '../0-preflight/index.ts';
import { everyNodeForANode, everyWorker } from '../hosts.ts';

/**
 * Integration Services and the Scale Out Worker, and the public half of the client certificate that setup makes
 * on the exchange share: every Master node must trust it, and the graphical tool brings it to one only. Workers
 * need nothing of the nodes for this, so they are installed while the nodes are.
 *
 * Source: *Walkthrough*, Install from the command prompt; *HA-FCI*, worker certificates on all Master nodes.
 */
export const installWorker = defineChange({
  id: 'install-worker',
  title: 'Install the Scale Out Worker',
  why: 'Packages run on workers.',
  on: everyWorker,
  holds: everyNodeForANode,
  after: preflight.steps.slice(-1).map(({ id }) => id),
  patience: { applyMinutes: 90, settleMinutes: 10 },
  takes: (site, host) => ({
    ...takesWorkerSetup(site, host),
    build: site.product.build,
    instance: site.instance.name,
    published: `${site.directory.exchange}\\${publishedFile(host, site.directory.domain)}`,
  }),

  observed: z.strictObject({
    integrationServices: z.boolean(),
    worker: z.string().nullable(),
    startMode: z.string().nullable(),
    hasSettings: z.boolean(),
    certificate: z.string().nullable(),
    /** The day on which that certificate has run out; null where it has not. */
    ranOut: z.string().nullable(),
    published: z.string().nullable(),
    ...restartObserved,
  }),
  async probe(ports, { instance, suffix, published }, context) {
    const { powershell, clock } = ports;
    const found = await powershell.run('getInstallation', { instance, suffix });
    const { worker } = await powershell.run('getWorker', { suffix });
    const { thumbprint } = await powershell.run('getCertificateFile', { path: published });
    return {
      integrationServices: found.integrationServices,
      worker: worker === null ? null : (found.worker.version ?? ''),
      startMode: worker?.startMode ?? null,
      hasSettings: (worker?.settings ?? null) !== null,
      certificate: worker?.certificate?.thumbprint ?? null,
      ranOut: worker?.certificate ? dayOf(worker.certificate.notAfterMs, clock.now()) : null,
      published: thumbprint,
      ...(await observeRestart(ports, context)),
    };
  },
  shortfall(
    { worker, startMode, hasSettings, certificate, ranOut, published },
    { host, suffix, published: path },
  ) {
    if (worker === null) return [`The service SSISScaleOutWorker${suffix} is not installed`];
    const mode =
      startMode === 'Automatic' ? [] : [`SSISScaleOutWorker${suffix} starts ${startMode}, not Automatic`];
    if (!hasSettings) return [...mode, `WorkerSettings.config on ${host} is missing or holds no JSON`];
    if (ranOut !== null)
      return [...mode, `The certificate ${certificate} of ${host} has run out on ${ranOut}`];
    if (certificate === null) {
      return [...mode, 'The client certificate that WorkerSettings.config names is not in LocalMachine\\My'];
    }
    if (published === certificate) return mode;
    return [
      ...mode,
      `${path} does not hold the certificate ${certificate}${published === null ? '' : `, but ${published}`}`,
    ];
  },
  notes: (seen, { build }) => [
    ...(seen.worker === null || seen.worker === build
      ? []
      : [`The worker that is there is of build ${seen.worker || 'unknown'}, the site file says ${build}`]),
    ...restartNotes(seen),
  ],
  restartPends: ({ restartReasons }) => restartReasons.length > 0,
  gate({ worker, integrationServices }, { host, account, password, suffix }) {
    if (worker !== null) {
      return `Put the certificate of the worker on ${host} on the exchange share, and let SSISScaleOutWorker${suffix} start by itself?`;
    }
    const told =
      password === null
        ? 'No password is needed: the account is managed by the directory.'
        : `While setup runs, the password of ${account} stands on its command line, where administrators of ${host} can see it.`;
    return `Install ${featuresFor(integrationServices)} on ${host}? It is not uninstalled by an undo. ${told}`;
  },

  async apply(ports, input, context) {
    const { before, journal, runId } = context;
    const { powershell } = ports;
    if (before.worker === null) {
      const { integrationServices: hasIntegrationServices } = before;
      const code = await setUpWorker(ports, input, { journal, runId, hasIntegrationServices });
      await refuseUnlessDone(ports, input, { code, context });
    }
    const { worker } = await powershell.run('getWorker', { suffix: input.suffix });
    if (worker === null) return;
    if (worker.startMode !== 'Automatic') {
      const name = `SSISScaleOutWorker${input.suffix}`;
      await powershell.run('setHeldService', { name, startMode: 'Automatic', running: worker.isRunning });
    }
    if (worker.settings === null) throw noSettings(input.host);
    if (before.ranOut !== null && before.certificate === worker.certificate?.thumbprint) {
      throw ranOutOn(before.ranOut, before.certificate, input.host);
    }
    if (worker.certificate === null) {
      throw new OperatorError(
        `WorkerSettings.config on ${input.host} names the certificate ${worker.settings.workerThumbprint || 'none'}, which is not in LocalMachine\\My`,
        'Make a client certificate there and name it in WorkerHttpsCertThumbprint, then retry.',
      );
    }
    const { thumbprint } = worker.certificate;
    if (before.published === thumbprint) return;
    await powershell.run('publishWorkerCertificate', { thumbprint, path: input.published });
  },
  undo: {
    kept: 'Uninstalling may take Integration Services from others: use setup.exe /ACTION=Uninstall by hand.',
    residue: [
      'Integration Services and the Scale Out Worker with their services, certificates and folders',
      'the public certificate of the worker on the exchange share',
    ],
  },
});

/** A restart that setup wants is seen to by the step itself; one that somebody accepted is not. */
async function refuseUnlessDone(
  ports: Ports,
  { host, suffix }: { readonly host: string; readonly suffix: string },
  { code, context }: { readonly code: number; readonly context: LookContext },
): Promise<void> {
  const { worker } = await ports.powershell.run('getWorker', { suffix });
  const { restartReasons } = await observeRestart(ports, context);
  if (worker !== null || restartReasons.length > 0) return;
  throw notDone(code, host, [`The service SSISScaleOutWorker${suffix} is not installed`]);
}

function dayOf(milliseconds: number, now: Date): string | null {
  return milliseconds > now.getTime() ? null : new Date(milliseconds).toISOString().slice(0, 10);
}

function noSettings(host: string): OperatorError {
  return new OperatorError(
    `WorkerSettings.config on ${host} is missing or holds no JSON`,
    'Mend it by hand, or put one of its copies (.bak beside it) back, then retry.',
  );
}

function ranOutOn(day: string, thumbprint: string, host: string): OperatorError {
  return new OperatorError(
    `The client certificate ${thumbprint} of the worker on ${host} has run out on ${day}`,
    'Make a new one in LocalMachine\\My and name it in WorkerHttpsCertThumbprint of WorkerSettings.config, then retry.',
  );
}
