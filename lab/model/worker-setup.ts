import { createHash } from 'node:crypto';
import { cerContent, readCer } from './cer.ts';
import { guidOf } from './catalog.ts';
import type { Estate } from './estate.ts';
import type { LabFile } from './estate/files.ts';
import type { Certificate, Host } from './estate/host.ts';
import { dtsPath, service } from './installed.ts';
import { namesIn } from './language.ts';

interface Installed {
  readonly suffix: string;
  readonly build: string;
  readonly now: number;
}

/**
 * A Scale Out Worker as setup leaves it: its service runs, its settings lead where it was told, and it has a
 * certificate of its own, which no Master trusts yet.
 *
 * Source: domain facts, 9.1, and R1 for the settings and their defaults.
 */
export function installWorker(
  estate: Estate,
  host: Host,
  { suffix, build, now }: Installed,
  given: Readonly<Record<string, string>>,
): void {
  const name = `SSISScaleOutWorker${suffix}`;
  const account = given['ISWORKERSVCACCOUNT'] ?? `NT SERVICE\\${name}`;
  const startMode = given['ISWORKERSVCSTARTUPTYPE'] === 'Manual' ? 'Manual' : 'Automatic';
  const display = `${namesIn(estate).workerDisplay} ${suffix.slice(0, 2)}.0`;
  host.services[name] = service(display, account, startMode, now);
  host.registry[
    `HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\${suffix}\\DTS\\Setup\\SQL_IS_Worker\\Version`
  ] = build;
  const certificate = workerCertificate(host, account, now, estate.nextId++);
  host.certificates.push(certificate);
  const binn = `${dtsPath(suffix)}Binn\\`;
  host.files[`${binn}SSISScaleOutWorker.cer`] = { content: cerContent(certificate) };
  const master = masterIn(estate, host, given['ISWORKERSVCCERT']);
  const settings = {
    DisplayName: host.name,
    Description: '',
    MasterEndpoint: given['ISWORKERSVCMASTER'] ?? '',
    MasterHttpsCertThumbprint: master?.thumbprint ?? '',
    WorkerHttpsCertThumbprint: certificate.thumbprint,
    StoreLocation: 'LocalMachine',
    StoreName: 'My',
    AgentHeartbeatInterval: '00:01:00',
    TaskHeartbeatInterval: '00:00:10',
    HeartbeatErrorTollerance: '00:10:00',
    MaxTaskCount: 10,
    LeaseInternval: '00:01:00',
    TasksRootFolder: '',
    TaskLogLevel: 126,
    TaskLogSegment: '00:00:00',
    TaskLogEnabled: true,
    ExecutionLogCacheFolder: '',
    ExecutionLogMaxBufferLogCount: 10_000,
    ExecutionLogMaxInMemoryBufferCount: 10,
    ExecutionLogRetryCount: 3,
    ExecutionLogRetryTimeout: '7.00:00:00',
    AgentId: guidOf(`worker ${host.name} ${estate.nextId++}`).toLowerCase(),
  };
  host.files[`${binn}WorkerSettings.config`] = { content: JSON.stringify(settings, null, 2) };
}

/** Setup trusts the Master's certificate where it was given its file. */
export function trustMaster(estate: Estate, host: Host, path: string | undefined): void {
  const master = masterIn(estate, host, path);
  if (!master) return;
  const isThere = host.certificates.some(
    ({ store, thumbprint }) => store === 'Root' && thumbprint === master.thumbprint,
  );
  if (!isThere) host.certificates.push({ ...master, store: 'Root' });
}

/** Self-signed, its common names the machine and its address. Source: *Walkthrough*, worker certificate. */
function workerCertificate(host: Host, account: string, now: number, id: number): Certificate {
  const subject = `CN=${host.name}, CN=${host.ip}`;
  return {
    store: 'My',
    thumbprint: createHash('sha1').update(`${subject} ${id}`).digest('hex').toUpperCase(),
    subject,
    issuer: subject,
    dnsNames: [host.name],
    notAfter: new Date(now + TEN_YEARS_MS).toISOString(),
    hasPrivateKey: true,
    exportable: false,
    isAuthority: false,
    serverAuthentication: false,
    keyReaders: [account],
  };
}

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000;

function masterIn(estate: Estate, host: Host, path: string | undefined): Certificate | null {
  if (path === undefined) return null;
  const folders: readonly Record<string, LabFile>[] = [
    host.files,
    ...Object.values(estate.shares).map(({ files }) => files),
  ];
  for (const folder of folders) {
    const [, file] = Object.entries(folder).find(([name]) => name.toLowerCase() === path.toLowerCase()) ?? [];
    if (file) return readCer(file.content);
  }
  return null;
}
