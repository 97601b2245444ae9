import type * as lines from '../../activities/scripts/lines/worker.ts';
import { readableCatalog } from '../model/catalog-at-work.ts';
import { cerContent, readCer } from '../model/cer.ts';
import type { LabFile } from '../model/estate/files.ts';
import type { Certificate, Host } from '../model/estate/host.ts';
import { readFile, writeFile } from '../model/files.ts';
import { cutPackages } from '../model/packages.ts';
import {
  clientCertificate,
  keyIsReadable,
  readsOlderSettings,
  workerIsOnline,
  workerOn,
  workerSettingsPath,
  type Worker,
  type WorkerSettings,
} from '../model/worker.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene, type SqlAnswers } from '../scene.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getWorker: {
    target: ({ suffix }) => `SSISScaleOutWorker${suffix}`,
    answer: ({ host }, { suffix }) => {
      const worker = workerOn(host, suffix);
      return { worker: worker && lookAt(worker) };
    },
  },
  publishWorkerCertificate: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { thumbprint, path }) => {
      const own = scene.host.certificates.find(
        (known) => known.store === 'My' && known.thumbprint === thumbprint,
      );
      if (!own) throw new PowerShellRefusal(`${thumbprint} is not in My`, 'PathNotFound', 'ObjectNotFound');
      writeFile(scene, path, cerContent(own));
      const file = readFile(scene, path);
      if (file) file.residue = true;
      return {};
    },
  },
  setWorkerSettings: {
    target: ({ masterEndpoint }) => masterEndpoint,
    answer: (scene, { suffix, stamp, masterEndpoint, masterThumbprint, maxTaskCount }) => {
      requireAdministrator(scene);
      const path = workerSettingsPath(suffix);
      const { content } = fileAt(scene.host, path);
      const literals = {
        MasterEndpoint: JSON.stringify(masterEndpoint),
        MasterHttpsCertThumbprint: JSON.stringify(masterThumbprint),
        MaxTaskCount: String(maxTaskCount),
      };
      const fresh = Object.entries(literals).reduce(
        (text, [key, literal]) => withValue(text, key, literal),
        content,
      );
      scene.host.files[`${path}.${stamp}.bak`] ??= { content };
      write(scene, suffix, fresh);
      return {};
    },
  },
  restoreWorkerSettings: {
    target: ({ stamp }) => stamp,
    answer: (scene, { suffix, stamp }) => {
      requireAdministrator(scene);
      const path = workerSettingsPath(suffix);
      const kept = scene.host.files[`${path}.${stamp}.bak`];
      if (!kept) return {};
      const { content } = fileAt(scene.host, path);
      write(
        scene,
        suffix,
        KEYS.reduce((text, key) => asBefore(text, kept.content, key), content),
      );
      delete scene.host.files[`${path}.${stamp}.bak`];
      return {};
    },
  },
  restartWorker: {
    target: ({ suffix }) => `SSISScaleOutWorker${suffix}`,
    takesMinutes: 0.5,
    answer: (scene, { suffix }) => {
      requireAdministrator(scene);
      const worker = workerOn(scene.host, suffix);
      if (!worker || worker.service.startMode === 'Disabled') {
        throw new PowerShellRefusal(
          `SSISScaleOutWorker${suffix} cannot be started`,
          'CouldNotStartService',
          'OpenError',
        );
      }
      cutPackages(scene.host);
      delete worker.service.read;
      Object.assign(worker.service, { state: 'Running', startedAt: scene.now });
      return {};
    },
  },
  getPublished: {
    target: ({ folder }) => folder,
    answer: (scene, { folder, files }) => ({
      published: files.flatMap((file) => {
        const found = readFile(scene, `${folder}\\${file}`);
        return found ? [{ file, certificate: asFound(readCer(found.content)) }] : [];
      }),
    }),
  },
  getTrusted: {
    target: ({ names }) => names.join(','),
    answer: ({ host }, { names }) => {
      const wanted = new Set(names.map((name) => name.toLowerCase()));
      const trusted = host.certificates.filter(({ store }) => store === 'Root').map(asFound);
      return {
        certificates: trusted.filter((found) => found.names.some((name) => wanted.has(name.toLowerCase()))),
      };
    },
  },
  trustCertificate: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { path, thumbprint }) => {
      requireAdministrator(scene);
      const file = readFile(scene, path);
      if (!file) throw notFound(path);
      const certificate = readCer(file.content);
      if (certificate.thumbprint !== thumbprint) {
        throw new PowerShellRefusal(`${path} holds ${certificate.thumbprint}, not ${thumbprint}`);
      }
      const { certificates } = scene.host;
      const isThere = certificates.some((known) => known.store === 'Root' && known.thumbprint === thumbprint);
      if (!isThere) certificates.push({ ...certificate, store: 'Root' });
      return {};
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getWorkerAgents: {
    target: () => '',
    answer: (scene) => {
      const catalog = readableCatalog(scene);
      return {
        agents:
          catalog &&
          Object.values(catalog.workers).map(({ id, machineName, enabled, lastOnlineAt }) => {
            const isOnline = workerIsOnline(scene.estate, machineName);
            const last = isOnline ? scene.now : lastOnlineAt;
            return {
              id,
              machine: machineName,
              enabled,
              isOnline,
              silentMinutes: last === null ? null : Math.floor((scene.now - last) / 60_000),
            };
          }),
      };
    },
  },
};

const KEYS = ['MaxTaskCount', 'MasterHttpsCertThumbprint', 'MasterEndpoint'] as const;

function lookAt(worker: Worker) {
  const { host, suffix, service } = worker;
  const settings = settingsIn(host.files[workerSettingsPath(suffix)]);
  const certificate = settings && clientCertificate(worker, settings);
  return {
    startMode: service.startMode,
    account: service.account,
    isRunning: service.state === 'Running',
    runsOnSettings: service.state === 'Running' && !readsOlderSettings(worker),
    settings: settings && {
      masterEndpoint: settings.MasterEndpoint,
      masterThumbprint: settings.MasterHttpsCertThumbprint.replaceAll(' ', '').toUpperCase(),
      workerThumbprint: settings.WorkerHttpsCertThumbprint.replaceAll(' ', '').toUpperCase(),
      maxTaskCount: settings.MaxTaskCount,
      agentId: settings.AgentId,
    },
    certificate: certificate && asFound(certificate),
    keyIsReadable: certificate !== null && keyIsReadable(worker, certificate),
  };
}

/** What stands in the file now, whatever the service has read; keys that are missing read as nothing. */
function settingsIn(file: LabFile | undefined): WorkerSettings | null {
  try {
    const parsed: unknown = file && JSON.parse(file.content.replace(/^\uFEFF/, ''));
    if (parsed === null || typeof parsed !== 'object') return null;
    const text = (key: string) =>
      typeof Reflect.get(parsed, key) === 'string' ? String(Reflect.get(parsed, key)) : '';
    return {
      MasterEndpoint: text('MasterEndpoint'),
      MasterHttpsCertThumbprint: text('MasterHttpsCertThumbprint'),
      WorkerHttpsCertThumbprint: text('WorkerHttpsCertThumbprint'),
      MaxTaskCount: Number(Reflect.get(parsed, 'MaxTaskCount') ?? 0),
      AgentId: text('AgentId'),
    };
  } catch {
    return null;
  }
}

/** Source: object identifiers of the enhanced key usages, RFC 5280, 4.2.1.12. */
function asFound({ thumbprint, subject, issuer, notAfter, isAuthority, serverAuthentication }: Certificate) {
  return {
    thumbprint,
    names: [...subject.matchAll(/(?:^|,\s*)CN=([^,]+)/g)].map(([, name = '']) => name.trim()),
    notAfterMs: Date.parse(notAfter),
    isSelfSigned: subject === issuer,
    isAuthority,
    canSign: isAuthority,
    usages: [serverAuthentication ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2'],
  };
}

/** A worker that runs goes on with what it has read. */
function write({ host }: Scene, suffix: string, content: string): void {
  const file = fileAt(host, workerSettingsPath(suffix));
  const service = workerOn(host, suffix)?.service;
  if (service?.state === 'Running' && file.content !== content) {
    service.read ??= { startedAt: service.startedAt, content: file.content };
  }
  file.content = content;
}

function patternOf(key: string): RegExp {
  return new RegExp(`"${key}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|[^\\s,}\\]]+)`, 'd');
}

function withValue(text: string, key: string, literal: string): string {
  const [start, end] = patternOf(key).exec(text)?.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) return text.slice(0, start) + literal + text.slice(end);
  return text.replace(/\{(\s*)/, (opening, space: string) => `${opening}"${key}": ${literal},${space}`);
}

function asBefore(text: string, old: string, key: string): string {
  const before = patternOf(key).exec(old)?.[1];
  if (before !== undefined) return withValue(text, key, before);
  return text.replace(new RegExp(`${patternOf(key).source}(,\\s*)?`), '');
}

function fileAt(host: Host, path: string): LabFile {
  const file = host.files[path];
  if (file) return file;
  throw notFound(path);
}

function notFound(path: string): PowerShellRefusal {
  return new PowerShellRefusal(
    `The file ${path} was not found`,
    'FileNotFoundException',
    'ObjectNotFound',
    -2147024894,
  );
}
