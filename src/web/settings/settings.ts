import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Misuse, OperatorError } from '../../failures.ts';
import { inOneLine } from '../../site-file.ts';
import type { SiteFault } from '../../site-file/site-fault.ts';
import { readYaml } from '../../site-file/yaml-text.ts';
import { judgeSettings } from './judge-settings.ts';
import { settingsShape, type OpenIdConnectSettings, type WrittenSettings } from './settings-shape.ts';

/** What the control room of a folder keeps to. */
export interface Settings {
  /** Absolute; it need not be there. */
  readonly file: string;
  readonly listen: { readonly address: string; readonly port: number | null };
  /** Files, absolute. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  /** Addresses and networks of the only ones that are served; null where browsers come by themselves. */
  readonly proxies: readonly string[] | null;
  /** With a slash at its end; null where it is the address that it listens on. */
  readonly publicAddress: string | null;
  readonly people: People;
  readonly sessionHours: number;
}

/** How people say who they are. */
export type People =
  | { readonly by: 'link' }
  | { readonly by: 'password'; readonly file: string }
  | { readonly by: 'provider'; readonly provider: OpenIdConnectSettings };

/** What came of looking at the settings of a folder. */
export interface SettingsExamination {
  readonly path: string;
  /** Null where there are faults. */
  readonly settings: Settings | null;
  readonly faults: readonly SiteFault[];
}

/** The settings of a control room have faults; `faults` tells all of them. */
export class SettingsFaults extends OperatorError {
  readonly faults: readonly SiteFault[];

  constructor(path: string, faults: readonly SiteFault[]) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    const lines = faults.map((fault) => `  ${inOneLine(path, fault)}`);
    super(
      [`The settings of the control room have ${count}:`, ...lines].join('\n'),
      'Correct the file, then look again: ssis-ha ui --check.',
    );
    this.faults = faults;
  }
}

/** The settings of a folder, or how it is without any. Throws `SettingsFaults` with all that is wrong. */
export function readSettings(directory: string): Settings {
  const { path, settings, faults } = examineSettings(directory);
  if (settings === null) throw new SettingsFaults(path, faults);
  return settings;
}

/** Reads the settings of a folder and tells everything that is wrong with them. */
export function examineSettings(directory: string): SettingsExamination {
  const path = join(resolve(directory), 'control-room.yaml');
  const text = textOf(path);
  if (text === null) return { path, settings: inPlace(settingsShape.parse({}), path), faults: [] };
  const { settings, faults } = judgeSettings(readYaml(text));
  return { path, settings: settings === null ? null : inPlace(settings, path), faults };
}

/** Where people are kept who sign in by password, whether or not the settings name such a file yet. */
export function usersFileOf(directory: string): string {
  const { people, file } = readSettings(directory);
  return people.by === 'password' ? people.file : join(dirname(file), 'control-room', 'users.yaml');
}

function inPlace(written: WrittenSettings, path: string): Settings {
  const { listen, tls, proxy, publicAddress, sessionHours } = written;
  const from = (file: string) => resolve(dirname(path), file);
  return {
    file: path,
    listen: { address: listen.address, port: listen.port ?? null },
    tls: tls ? { key: from(tls.key), certificate: from(tls.certificate) } : null,
    proxies: proxy?.addresses ?? null,
    publicAddress: publicAddress === undefined ? null : new URL(publicAddress).href,
    people: peopleOf(written, from),
    sessionHours,
  };
}

function peopleOf({ users, openIdConnect }: WrittenSettings, from: (file: string) => string): People {
  if (users !== undefined) return { by: 'password', file: from(users) };
  if (openIdConnect === undefined) return { by: 'link' };
  const { clientSecret } = openIdConnect;
  if (!clientSecret?.startsWith('file:')) return { by: 'provider', provider: openIdConnect };
  const absolute = `file:${from(clientSecret.slice('file:'.length))}`;
  return { by: 'provider', provider: { ...openIdConnect, clientSecret: absolute } };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    if (code === 'ENOENT') return null;
    throw new Misuse(
      `The settings ${path} cannot be read (${code})`,
      'Let the account of the control room read them, then start again.',
    );
  }
}
