import type * as lines from '../../activities/scripts/lines/host.ts';
import type { RestartReason } from '../../activities/scripts/lines/host.ts';
import { readFile, removeFile, writeFile } from '../model/files.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';

const nothingMeant = () => '';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  // The fence lives in the shell, which the lab's wire keeps (`shell-server.ts`); here it only has an answer.
  releaseFence: { target: nothingMeant, answer: () => ({}) },

  keepSecret: {
    target: ({ key }) => key,
    answer: (scene, { key, value }) => {
      requireAdministrator(scene);
      scene.host.vault[key] ??= scene.seal(value);
      return {};
    },
  },
  recallSecret: {
    target: ({ key }) => key,
    answer: (scene, { key }) => {
      requireAdministrator(scene);
      const sealed = scene.host.vault[key];
      return { value: sealed === undefined ? null : scene.unseal(sealed) };
    },
  },
  forgetSecret: {
    target: ({ key }) => key,
    answer: (scene, { key }) => {
      requireAdministrator(scene);
      delete scene.host.vault[key];
      return {};
    },
  },

  getBoot: { target: nothingMeant, answer: ({ host }) => ({ bootId: host.bootId }) },
  getPendingUpdates: {
    target: nothingMeant,
    answer: ({ host }) => ({ updates: [...(host.pendingUpdates ?? [])] }),
  },
  getPendingRestart: {
    target: nothingMeant,
    answer: ({ host }) => ({
      reasons: host.pendingRestart.map((says) => ({ source: sourceOf(says), says })),
    }),
  },
  requestRestart: {
    target: (_parameters, scene) => scene.host.name,
    answer: (scene, { bootId }) => {
      requireAdministrator(scene);
      const requested = scene.host.bootId === bootId;
      if (requested)
        scene.host.restartsAt ??=
          scene.now + Math.max(scene.lasting(SHUTDOWN_DELAY_MINUTES), TIME_TO_ANSWER_MS);
      return { requested };
    },
  },
  getWindowsFeature: {
    target: ({ names }) => names.join(','),
    answer: ({ host }, { names }) => ({
      features: names.map((name) => ({ name, state: featureState(host.features, name) })),
    }),
  },
  installWindowsFeature: {
    target: ({ names }) => names.join(','),
    takesMinutes: 3,
    answer: (scene, { names }) => {
      requireAdministrator(scene);
      for (const name of names) {
        if (featureState(scene.host.features, name) === 'Installed') continue;
        // Source: *Install-WindowsFeature*, Source; CBS_E_SOURCE_MISSING.
        if (scene.host.lacksPayload) {
          throw new PowerShellRefusal(
            'The request to add or remove features failed: the source files could not be found.',
            'DISMAPI_Error__Failed_To_Enable_Updates',
            'InvalidResult',
            -2146498529,
          );
        }
        scene.host.features[name] = 'InstallPending';
        addReason(scene.host.pendingRestart, 'Component Based Servicing\\RebootPending');
      }
      return {};
    },
  },
  getNote: {
    target: ({ name }) => name,
    answer: (scene, { name }) => ({ text: readFile(scene, noteOf(name))?.content ?? null }),
  },
  keepNote: {
    target: ({ name }) => name,
    answer: (scene, { name, text }) => {
      requireAdministrator(scene);
      writeFile(scene, noteOf(name), text);
      return {};
    },
  },
  removeNote: {
    target: ({ name }) => name,
    answer: (scene, { name }) => {
      removeFile(scene, noteOf(name));
      return {};
    },
  },
};

function noteOf(name: string): string {
  return `C:\\ProgramData\\ssis-ha\\notes\\${name}.json`;
}

/** `shutdown /t 5`: five seconds. */
const SHUTDOWN_DELAY_MINUTES = 5 / 60;
/** However fast the lab goes: the delay is there so that whoever asked for the restart can still say so. */
const TIME_TO_ANSWER_MS = 400;

/** Source: *Install-WindowsFeature*: it needs an elevated session of an administrator. */
export function requireAdministrator(scene: Scene): void {
  const { host, account } = scene;
  if (host.administrators.some((name) => name.toLowerCase() === account.toLowerCase())) return;
  throw new PowerShellRefusal(
    `${account} is no administrator of ${host.name}`,
    'System.UnauthorizedAccessException',
    'PermissionDenied',
    -2147024891,
  );
}

function featureState(features: Readonly<Record<string, string>>, name: string): string {
  const state = features[name];
  if (state !== undefined) return state;
  throw new PowerShellRefusal(
    `There is no feature ${name}`,
    'NameDoesNotExist,Get-WindowsFeature',
    'InvalidArgument',
  );
}

/** By the beginning of what says so. */
const SOURCES: Readonly<Record<string, RestartReason['source']>> = {
  'Component Based Servicing': 'servicing',
  WindowsUpdate: 'windows-update',
  'Session Manager': 'file-renames',
  ComputerName: 'computer-rename',
  Netlogon: 'domain-join',
  CCM_ClientUtilities: 'configuration-manager',
  'setup.exe': 'sql-setup',
};

function sourceOf(says: string): RestartReason['source'] {
  const [, source] = Object.entries(SOURCES).find(([beginning]) => says.startsWith(beginning)) ?? [];
  if (source) return source;
  throw new RangeError(`Nothing in Windows says "${says}"`);
}

function addReason(reasons: string[], reason: string): void {
  if (!reasons.includes(reason)) reasons.push(reason);
}
