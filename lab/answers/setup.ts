import type * as lines from '../../activities/scripts/lines/setup.ts';
import { engineService } from '../model/engine.ts';
import { SETUP_MINUTES, type SetupParameters } from '../model/setup.ts';
import type { Host } from '../model/estate/host.ts';
import { PowerShellRefusal, type PowerShellAnswers } from '../scene.ts';
import { requireAdministrator } from './host.ts';

const SQL_ROOT = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getInstallation: {
    target: ({ instance }) => instance,
    answer: ({ host }, { instance, suffix }) => {
      const engine = Object.values(host.instances).find(
        ({ name }) => name.toLowerCase() === instance.toLowerCase(),
      );
      const feature = (kind: 'Master' | 'Worker') => ({
        version: textOf(host.registry[`${SQL_ROOT}\\${suffix}\\DTS\\Setup\\SQL_IS_${kind}\\Version`]),
        hasService: host.services[`SSISScaleOut${kind}${suffix}`] !== undefined,
        account: host.services[`SSISScaleOut${kind}${suffix}`]?.account ?? null,
      });
      return {
        engine: engine
          ? {
              version: engine.version,
              edition: `${engine.edition} Edition`,
              account: host.services[engineService(engine)]?.account ?? null,
            }
          : null,
        integrationServices: host.registry[`${SQL_ROOT}\\${suffix}\\SSIS\\Setup\\DTSPath`] !== undefined,
        master: feature('Master'),
        worker: feature('Worker'),
      };
    },
  },
  startSetup: {
    target: ({ arguments: given }) => given.find(({ name }) => name === 'FEATURES')?.values.join(',') ?? '',
    answer: (scene, { journal, runId, media, arguments: given, secrets }) => {
      requireAdministrator(scene);
      const { host } = scene;
      const mark = markOf(journal);
      if (host.files[exitOf(journal)] && host.files[mark]?.content !== runId) putAside(host, journal);
      if (host.files[mark]) return { started: false };
      if (!host.media[media]) {
        throw new PowerShellRefusal(
          `${media}\\setup.exe was not found`,
          'FileNotFound',
          'ObjectNotFound',
          -2147024894,
        );
      }
      host.files[mark] = { content: runId, residue: true };
      const parameters: SetupParameters = {
        journal,
        media,
        arguments: Object.fromEntries(
          given.map(({ name, values }) => [name.toUpperCase(), values.join(',')]),
        ),
        secrets: Object.fromEntries(secrets.map(({ name, value }) => [name, scene.seal(value)])),
      };
      const endsAt = scene.now + scene.lasting(SETUP_MINUTES);
      host.processes.push({ id: scene.nextId(), kind: 'setup', endsAt, parameters });
      return { started: true };
    },
  },
  getSetup: {
    target: ({ journal }) => journal,
    takesMinutes: ({ waitSeconds }, scene) => {
      const running = scene.host.processes.find(({ kind }) => kind === 'setup');
      const leftMs = running ? Math.max(0, running.endsAt - scene.now) : 0;
      const minuteMs = scene.lasting(1);
      return minuteMs === 0 ? 0 : Math.min(leftMs + 1, waitSeconds * 1000) / minuteMs;
    },
    answer: ({ host }, { journal }) => {
      const exit = host.files[exitOf(journal)];
      if (exit) return { state: 'ended' as const, exitCode: Number(exit.content) };
      if (!host.files[markOf(journal)]) return { state: 'none' as const, exitCode: null };
      const runs = host.processes.some(({ kind }) => kind === 'setup');
      return { state: runs ? ('running' as const) : ('lost' as const), exitCode: null };
    },
  },
};

/** What another run has recorded stays to be read, under a name of its own. */
function putAside(host: Host, journal: string): void {
  for (const [path, file] of Object.entries(host.files)) {
    if (path !== markOf(journal) && path !== exitOf(journal)) continue;
    host.files[path.replace(journal, `${journal}.${file.content}`)] = file;
    delete host.files[path];
  }
}

export function exitOf(journal: string): string {
  return `C:\\ProgramData\\ssis-ha\\${journal}\\exit`;
}

function markOf(journal: string): string {
  return `C:\\ProgramData\\ssis-ha\\${journal}\\started`;
}

function textOf(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}
