import { z } from 'zod';
import type { Estate } from './estate.ts';
import type { Certificate, Host, Service } from './estate/host.ts';
import { dtsPath } from './installed.ts';
import { readOnce } from './read-once.ts';
import { certificateAt, hostBehind } from './role.ts';
import { onlineMaster, type OnlineMaster } from './scale-out.ts';

/** A Scale Out Worker as one of the estate's hosts has it. */
export interface Worker {
  readonly host: Host;
  readonly suffix: string;
  readonly service: Service;
}

const settingsShape = z.looseObject({
  MasterEndpoint: z.string(),
  MasterHttpsCertThumbprint: z.string(),
  WorkerHttpsCertThumbprint: z.string(),
  MaxTaskCount: z.number(),
  AgentId: z.string(),
});

export type WorkerSettings = z.output<typeof settingsShape>;

export function workerOn(host: Host, suffix: string): Worker | null {
  const service = host.services[`SSISScaleOutWorker${suffix}`];
  return service ? { host, suffix, service } : null;
}

export function workersOn(host: Host): Worker[] {
  return Object.keys(host.services).flatMap((name) => {
    const [, suffix] = /^SSISScaleOutWorker(\d{3})$/.exec(name) ?? [];
    const worker = suffix === undefined ? null : workerOn(host, suffix);
    return worker ? [worker] : [];
  });
}

export function workerSettingsPath(suffix: string): string {
  return `${dtsPath(suffix)}Binn\\WorkerSettings.config`;
}

/** Whether the worker that runs has read its settings before they were last written. */
export function readsOlderSettings({ service }: Worker): boolean {
  return (
    service.state === 'Running' && service.read !== undefined && service.read.startedAt === service.startedAt
  );
}

/** What the worker that runs goes by. Null where its file held no settings when it started. */
export function workerSettings(worker: Worker): Readonly<WorkerSettings> | null {
  const written = worker.host.files[workerSettingsPath(worker.suffix)]?.content;
  const text = readsOlderSettings(worker) ? worker.service.read?.content : written;
  return text === undefined ? null : settingsIn(text);
}

const settingsIn = readOnce((text): Readonly<WorkerSettings> | null => {
  try {
    return settingsShape.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data ?? null;
  } catch {
    return null;
  }
});

export function clientCertificate(
  { host }: Worker,
  { WorkerHttpsCertThumbprint }: WorkerSettings,
): Certificate | null {
  const wanted = WorkerHttpsCertThumbprint.replaceAll(' ', '').toUpperCase();
  return host.certificates.find(({ store, thumbprint }) => store === 'My' && thumbprint === wanted) ?? null;
}

export function keyIsReadable({ service }: Worker, { hasPrivateKey, keyReaders }: Certificate): boolean {
  return hasPrivateKey && keyReaders.some((reader) => reader.toLowerCase() === service.account.toLowerCase());
}

/** Whether any worker service of a host reports to the Master that serves SSISDB now. */
export function workerIsOnline(estate: Estate, hostName: string): boolean {
  const host = estate.hosts[hostName];
  const master = onlineMaster(estate);
  return (
    host !== undefined &&
    master !== null &&
    workersOn(host).some((worker) => reportsTo(estate, worker, master))
  );
}

/**
 * Whether a worker reports to a Master: its service runs, its endpoint leads to the machine of that Master, what is
 * presented there is what it pins, trusts and meant by name, and the Master trusts its client certificate, whose key
 * its account can read. A certificate in the Master's Root that is not self-signed shuts out all workers (403).
 *
 * Source: domain facts, 9.2, 9.3 and R3; KB 2802568.
 */
export function reportsTo(estate: Estate, worker: Worker, master: OnlineMaster): boolean {
  if (worker.host.restartingUntil !== null || worker.service.state !== 'Running') return false;
  const settings = workerSettings(worker);
  if (!settings) return false;
  if (hasRunOut(clientCertificate(worker, settings))) return false;
  return findsMaster(estate, worker, settings, master) && isTrusted(worker, settings, master);
}

function hasRunOut(certificate: Certificate | null): boolean {
  return certificate !== null && Date.parse(certificate.notAfter) <= Date.now();
}

function findsMaster(
  estate: Estate,
  { host }: Worker,
  settings: WorkerSettings,
  master: OnlineMaster,
): boolean {
  const endpoint = URL.canParse(settings.MasterEndpoint) ? new URL(settings.MasterEndpoint) : null;
  if (endpoint?.protocol !== 'https:' || hostBehind(estate, endpoint.hostname, host) !== master.host)
    return false;
  const presented = certificateAt(master.host, Number(endpoint.port || 443), host);
  if (
    presented === null ||
    presented !== settings.MasterHttpsCertThumbprint.replaceAll(' ', '').toUpperCase()
  )
    return false;
  const held = host.certificates.find(
    ({ store, thumbprint }) => store === 'Root' && thumbprint === presented,
  );
  return held?.dnsNames.some((name) => name.toLowerCase() === endpoint.hostname) ?? false;
}

function isTrusted(worker: Worker, settings: WorkerSettings, master: OnlineMaster): boolean {
  const certificate = clientCertificate(worker, settings);
  if (!certificate || !keyIsReadable(worker, certificate)) return false;
  const root = master.host.certificates.filter(({ store }) => store === 'Root');
  return (
    root.some(({ thumbprint }) => thumbprint === certificate.thumbprint) &&
    root.every(({ subject, issuer }) => subject === issuer)
  );
}
