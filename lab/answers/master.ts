import type * as lines from '../../activities/scripts/lines/master.ts';
import type { LabFile } from '../model/estate/files.ts';
import type { Host } from '../model/estate/host.ts';
import { masterOf, readsOlderFile, settingsPath } from '../model/master.ts';
import { roleOfService } from '../model/role.ts';
import { bringOnline, takeOffline } from '../model/cluster.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
import { requireAdministrator } from './host.ts';

const KEY = /"SqlServerName"\s*:\s*("(?:[^"\\]|\\.)*")/g;

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getMasterSettings: {
    target: ({ suffix }) => settingsPath(suffix),
    answer: ({ host }, { suffix }) => {
      const path = settingsPath(suffix);
      const file = host.files[path];
      const master = masterOf(host, suffix);
      return {
        settings: file ? { path, ...readable(file) } : null,
        isRunning: master?.service.state === 'Running',
        readsOlderFile: master !== null && readsOlderFile(master),
      };
    },
  },
  setMasterServer: {
    target: ({ server }) => server,
    answer: (scene, { suffix, server, stamp }) => {
      requireAdministrator(scene);
      const path = settingsPath(suffix);
      const { content } = fileAt(scene.host, path);
      const { text, at } = valueIn(content, path);
      const fresh = content.slice(0, at) + JSON.stringify(server) + content.slice(at + text.length);
      scene.host.files[`${path}.${stamp}.bak`] ??= { content };
      write(scene, suffix, fresh);
      return {};
    },
  },
  restoreMasterServer: {
    target: ({ stamp }) => stamp,
    answer: (scene, { suffix, server, stamp }) => {
      requireAdministrator(scene);
      const path = settingsPath(suffix);
      const kept = scene.host.files[`${path}.${stamp}.bak`];
      if (!kept) return {};
      const { content } = fileAt(scene.host, path);
      const now = valueIn(content, path);
      const before = valueIn(kept.content, path);
      if (now.text === JSON.stringify(server)) {
        write(
          scene,
          suffix,
          content.slice(0, now.at) + before.text + content.slice(now.at + now.text.length),
        );
      }
      delete scene.host.files[`${path}.${stamp}.bak`];
      return {};
    },
  },
  restartMaster: {
    target: ({ suffix }) => `SSISScaleOutMaster${suffix}`,
    takesMinutes: 1,
    answer: (scene, { suffix }) => {
      requireAdministrator(scene);
      const { estate, host, now } = scene;
      const name = `SSISScaleOutMaster${suffix}`;
      const service = host.services[name];
      if (!service)
        throw new PowerShellRefusal(
          `There is no service ${name}`,
          'NoServiceFoundForGivenName',
          'ObjectNotFound',
        );
      const role = roleOfService(estate, name);
      delete service.read;
      if (role?.owner === host.name) {
        takeOffline(estate, role);
        bringOnline(estate, role, now);
      } else {
        service.state = 'Stopped';
      }
      return {};
    },
  },
};

/** A Master that runs goes on with what it has read. */
function write({ host }: Scene, suffix: string, content: string): void {
  const path = settingsPath(suffix);
  const file = fileAt(host, path);
  const service = host.services[`SSISScaleOutMaster${suffix}`];
  const hasRead = service?.read?.startedAt === service?.startedAt && service?.read !== undefined;
  if (service?.state === 'Running' && !hasRead && file.content !== content) {
    service.read = { startedAt: service.startedAt, content: file.content };
  }
  file.content = content;
}

function fileAt(host: Host, path: string): LabFile {
  const file = host.files[path];
  if (file) return file;
  throw new PowerShellRefusal(
    `The file ${path} was not found`,
    'FileNotFoundException',
    'ObjectNotFound',
    -2147024894,
  );
}

function valueIn(content: string, path: string): { text: string; at: number } {
  const found = [...content.matchAll(KEY)];
  const [only] = found;
  const text = only?.[1];
  if (found.length !== 1 || !only || text === undefined) {
    throw new PowerShellRefusal(`${path} names SqlServerName ${found.length} times`);
  }
  return { text, at: only.index + only[0].length - text.length };
}

function readable({ content }: LabFile) {
  const settings = jsonIn(content);
  const { SqlServerName: server, PortNumber: port, SSLCertThumbprint: thumbprint } = settings ?? {};
  return {
    isJson: settings !== null,
    server: typeof server === 'string' ? server : null,
    port: typeof port === 'number' ? port : null,
    thumbprint: typeof thumbprint === 'string' ? thumbprint.replaceAll(' ', '').toUpperCase() : null,
  };
}

function jsonIn(content: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}
