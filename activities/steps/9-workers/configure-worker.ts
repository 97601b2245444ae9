import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { replicasOf } from '../../primary.ts';
import { publishedCertificate } from '../../setup/master-certificate.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { withoutTasks } from '../../worker/without-tasks.ts';
import { masterEndpoint } from '../../worker/worker-site.ts';
import { everyWorker } from '../hosts.ts';

/**
 * The worker's half of what "Add worker" does: the Master's certificate in Root, the right to read its own key, and
 * three keys of WorkerSettings.config in place, with unknown keys, order and encoding as they were. It acts after
 * the service has started anew, which cuts tasks: so that is done only while the worker holds none.
 *
 * Source: *Worker*, WorkerSettings.config; *Certificates*, worker certificate; domain facts, 9.2, 9.3 and C9.
 */
export const configureWorker = defineChange({
  id: 'configure-worker',
  title: 'Point the worker at the clustered Master',
  why: 'It must find the Master by the one name that moves with it, and trust what it finds.',
  on: everyWorker,
  after: ['trust-workers', 'set-master-address'],
  patience: { applyMinutes: 60, settleMinutes: 5 },
  interrupts: ['workers'],
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    endpoint: masterEndpoint(site),
    name: fullName(site.scaleOutMaster.name, site),
    published: publishedCertificate(site),
    maxTasks: site.workers.find(({ name }) => name === host)?.maxTasks ?? 0,
    replicas: { ...replicasOf(site) },
  }),

  observed: z.strictObject({
    isInstalled: z.boolean(),
    hasSettings: z.boolean(),
    endpoint: z.string().nullable(),
    pinned: z.string().nullable(),
    maxTasks: z.number().nullable(),
    account: z.string().nullable(),
    certificate: z.string().nullable(),
    keyIsReadable: z.boolean(),
    isRunning: z.boolean(),
    runsOnSettings: z.boolean(),
    /** Of the Master's certificate as it was published, or else as it is pinned and trusted. */
    expected: z.string().nullable(),
    trusted: z.array(z.string()),
  }),
  async probe({ powershell }, { suffix, name, published }) {
    const { worker } = await powershell.run('getWorker', { suffix });
    const file = await powershell.run('getCertificateFile', { path: published });
    const { certificates } = await powershell.run('getCertificates', { store: 'Root', dnsName: name });
    const trusted = certificates.map(({ thumbprint }) => thumbprint);
    const pinned = worker?.settings?.masterThumbprint ?? null;
    return {
      isInstalled: worker !== null,
      hasSettings: (worker?.settings ?? null) !== null,
      endpoint: worker?.settings?.masterEndpoint ?? null,
      pinned,
      maxTasks: worker?.settings?.maxTaskCount ?? null,
      account: worker?.account ?? null,
      certificate: worker?.certificate?.thumbprint ?? null,
      keyIsReadable: worker?.keyIsReadable ?? false,
      isRunning: worker?.isRunning ?? false,
      runsOnSettings: worker?.runsOnSettings ?? false,
      expected: file.thumbprint ?? (pinned !== null && trusted.includes(pinned) ? pinned : null),
      trusted,
    };
  },
  shortfall(seen, { host, suffix, endpoint, name, maxTasks, published }) {
    if (!seen.isInstalled) return [`The service SSISScaleOutWorker${suffix} is not installed on ${host}`];
    if (!seen.hasSettings) return ['WorkerSettings.config is missing or holds no JSON'];
    const { expected } = seen;
    return [
      ...(seen.endpoint?.toLowerCase() === endpoint
        ? []
        : [`MasterEndpoint is ${seen.endpoint ?? 'not set'}, not ${endpoint}`]),
      ...(expected === null ? [`Which certificate ${name} has is not known: ${published} is not there`] : []),
      ...(expected === null || seen.pinned === expected
        ? []
        : [`MasterHttpsCertThumbprint is ${seen.pinned || 'not set'}, not ${expected}`]),
      ...(expected === null || seen.trusted.includes(expected)
        ? []
        : [`${host} does not trust the certificate ${expected} of ${name}`]),
      ...(seen.maxTasks === maxTasks
        ? []
        : [`MaxTaskCount is ${seen.maxTasks ?? 'not set'}, not ${maxTasks}`]),
      ...(seen.keyIsReadable ? [] : [`${seen.account} may not read the key of the worker's certificate`]),
      ...(seen.isRunning ? [] : [`SSISScaleOutWorker${suffix} does not run`]),
      ...(seen.isRunning && !seen.runsOnSettings
        ? [`SSISScaleOutWorker${suffix} runs on older settings`]
        : []),
    ];
  },
  facts: ({ endpoint, expected, trusted, pinned }, { host }) => [
    {
      about: 'worker',
      of: host,
      master: endpoint,
      trustsMaster: expected !== null && pinned === expected && trusted.includes(expected),
    },
  ],
  /** A worker of another Master is somebody's: it is moved only when a person says so. */
  gate({ endpoint: now }, { host, endpoint }) {
    if (!now || now.toLowerCase() === endpoint) return null;
    return `Take the worker on ${host} from its Master ${now} to ${endpoint}? Its service is restarted once it holds no tasks.`;
  },

  async apply(ports, input, { before, runId }) {
    const { powershell } = ports;
    const { host, suffix, published, maxTasks, endpoint } = input;
    const { expected } = before;
    if (expected === null || !before.hasSettings) throw cannot(before, input);
    if (!before.trusted.includes(expected)) {
      await powershell.run('trustCertificate', { path: published, thumbprint: expected });
    }
    if (!before.keyIsReadable) await grant(ports, before, host);
    const isSet =
      before.endpoint?.toLowerCase() === endpoint &&
      before.pinned === expected &&
      before.maxTasks === maxTasks;
    if (!isSet) {
      const settings = { masterEndpoint: endpoint, masterThumbprint: expected, maxTaskCount: maxTasks };
      await powershell.run('setWorkerSettings', { suffix, stamp: runId, ...settings });
    }
    if (isSet && before.runsOnSettings && before.keyIsReadable) return;
    await withoutTasks(ports, input, async () => void (await powershell.run('restartWorker', { suffix })));
  },
  undo: {
    async auto(ports, input, { before, runId }) {
      const { powershell } = ports;
      const { suffix } = input;
      await withoutTasks(ports, input, async () => {
        await powershell.run('restoreWorkerSettings', { suffix, stamp: runId });
        if (!before.keyIsReadable && before.certificate !== null && before.account !== null) {
          await powershell.run('revokeKey', { thumbprint: before.certificate, account: before.account });
        }
        if (before.expected !== null && !before.trusted.includes(before.expected)) {
          await powershell.run('removeCertificate', { store: 'Root', thumbprint: before.expected });
        }
        if (before.isRunning) await powershell.run('restartWorker', { suffix });
      });
    },
    residue: ['tasks that a worker left behind when it was restarted are had again by the catalog'],
  },
});

type Seen = {
  readonly hasSettings: boolean;
  readonly certificate: string | null;
  readonly account: string | null;
};

async function grant({ powershell }: Ports, { certificate, account }: Seen, host: string): Promise<void> {
  if (certificate === null || account === null) {
    throw new OperatorError(
      `The client certificate that WorkerSettings.config on ${host} names is not in LocalMachine\\My`,
      'Make a client certificate there and name it in WorkerHttpsCertThumbprint, then retry.',
    );
  }
  await powershell.run('grantKey', { thumbprint: certificate, account });
}

function cannot(
  { hasSettings }: Seen,
  { host, published }: { readonly host: string; readonly published: string },
) {
  if (!hasSettings) {
    return new OperatorError(
      `WorkerSettings.config on ${host} is missing or holds no JSON`,
      'Put the file back from a back-up or repair the installation, then retry.',
    );
  }
  return new OperatorError(
    `The certificate of the Master (${published}) is not there`,
    "Export the public half of the Master's certificate to it, then retry.",
  );
}
