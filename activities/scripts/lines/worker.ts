import { z } from 'zod';
import { change, look } from '../script.ts';

const suffix = z.string().regex(/^\d{3}$/);
const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);

/** A client certificate of a worker, as it lies in a store or in a file. */
export const workerCertificate = z.strictObject({
  thumbprint,
  /** The common names of its subject: machine name and, of setup's own, the address. */
  names: z.array(z.string()),
  notAfterMs: z.number(),
  isSelfSigned: z.boolean(),
  isAuthority: z.boolean(),
  canSign: z.boolean(),
  /** Enhanced key usages, as object identifiers; empty means any. */
  usages: z.array(z.string()),
});

export type WorkerCertificate = z.output<typeof workerCertificate>;

const settings = z.strictObject({
  masterEndpoint: z.string().nullable(),
  masterThumbprint: z.string().nullable(),
  workerThumbprint: z.string().nullable(),
  maxTaskCount: z.number().nullable(),
  agentId: z.string().nullable(),
});

export const powershell = {
  getWorker: look(
    'get-worker.ps1',
    z.strictObject({ suffix }),
    z.strictObject({
      worker: z
        .strictObject({
          startMode: z.string(),
          account: z.string(),
          isRunning: z.boolean(),
          /** The service runs, and has started since its settings were last written. */
          runsOnSettings: z.boolean(),
          /** Null where WorkerSettings.config is missing or holds no JSON. */
          settings: settings.nullable(),
          certificate: workerCertificate.nullable(),
          /** The service's account may read the key of that certificate. */
          keyIsReadable: z.boolean(),
        })
        .nullable(),
    }),
  ),
  publishWorkerCertificate: change(
    'publish-worker-certificate.ps1',
    z.strictObject({ thumbprint, path: z.string() }),
  ),
  setWorkerSettings: change(
    'set-worker-settings.ps1',
    z.strictObject({
      suffix,
      stamp: z.string(),
      masterEndpoint: z.url({ protocol: /^https$/ }),
      masterThumbprint: thumbprint,
      maxTaskCount: z.int(),
    }),
  ),
  restoreWorkerSettings: change('restore-worker-settings.ps1', z.strictObject({ suffix, stamp: z.string() })),
  restartWorker: change('restart-worker.ps1', z.strictObject({ suffix })),
  getPublished: look(
    'get-published.ps1',
    z.strictObject({ folder: z.string(), files: z.array(z.string()) }),
    z.strictObject({
      published: z.array(z.strictObject({ file: z.string(), certificate: workerCertificate })),
    }),
  ),
  getTrusted: look(
    'get-trusted.ps1',
    z.strictObject({ names: z.array(z.string()) }),
    z.strictObject({ certificates: z.array(workerCertificate) }),
  ),
  trustCertificate: change('trust-certificate.ps1', z.strictObject({ path: z.string(), thumbprint })),
} as const;

export const sql = {
  getWorkerAgents: look(
    'get-worker-agents.sql',
    z.strictObject({ freshSeconds: z.int() }),
    z.strictObject({
      /** Null where SSISDB is not, or not online. */
      agents: z
        .array(
          z.strictObject({
            id: z.string(),
            machine: z.string(),
            enabled: z.boolean(),
            /** It has reported to the Master within that many seconds. */
            isOnline: z.boolean(),
            /** Minutes since it has reported; null where it never has. */
            silentMinutes: z.number().nullable(),
          }),
        )
        .nullable(),
    }),
  ),
} as const;
