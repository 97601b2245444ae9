import { z } from 'zod';
import { engineNamed, runningEngine, type Engine } from './availability.ts';
import type { Estate } from './estate.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Host, Service } from './estate/host.ts';
import { dtsPath } from './installed.ts';
import { isRouted } from './load-balancers.ts';
import { isInNetworkOf } from './networks.ts';
import { readOnce } from './read-once.ts';

/** A Scale Out Master as one of the estate's hosts has it. */
export interface Master {
  readonly host: Host;
  readonly suffix: string;
  readonly service: Service;
}

const settingsShape = z.looseObject({
  PortNumber: z.number(),
  SSLCertThumbprint: z.string(),
  SqlServerName: z.string(),
});

export type MasterSettings = z.output<typeof settingsShape>;

export function masterOf(host: Host, suffix: string): Master | null {
  const service = host.services[`SSISScaleOutMaster${suffix}`];
  return service ? { host, suffix, service } : null;
}

/** Every Master that runs. More than one at a time is nothing that the procedure ever wants. */
export function runningMasters(estate: Estate): Master[] {
  return Object.values(estate.hosts).flatMap((host) => mastersRunningOn(host));
}

export function mastersRunningOn(host: Host): Master[] {
  if (host.restartingUntil !== null) return [];
  return Object.keys(host.services).flatMap((name) => {
    const [, suffix] = /^SSISScaleOutMaster(\d{3})$/.exec(name) ?? [];
    const master = suffix === undefined ? null : masterOf(host, suffix);
    return master?.service.state === 'Running' ? [master] : [];
  });
}

export function settingsPath(suffix: string): string {
  return `${dtsPath(suffix)}Binn\\MasterSettings.config`;
}

/** Whether the Master that runs has read its settings before they were last written. */
export function readsOlderFile({ service }: Master): boolean {
  return (
    service.state === 'Running' && service.read?.startedAt === service.startedAt && service.read !== undefined
  );
}

/** What the Master that runs goes by: the file as it was at its start. Null where that is no settings file. */
export function settingsInUse(master: Master): Readonly<MasterSettings> | null {
  const written = master.host.files[settingsPath(master.suffix)]?.content;
  const text = readsOlderFile(master) ? master.service.read?.content : written;
  return text === undefined ? null : settingsIn(text);
}

const settingsIn = readOnce((text): Readonly<MasterSettings> | null => {
  try {
    return settingsShape.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data ?? null;
  } catch {
    return null;
  }
});

/**
 * The SSISDB that a Master can open: over the name in its settings, as its own account, which needs a login on
 * that engine and the role ssis_admin in the database. Null where anything of it is missing.
 *
 * Source: domain facts, 2.6 and *Step 5*.
 */
export function catalogOf(estate: Estate, master: Master): Catalog | null {
  const settings = settingsInUse(master);
  const engine = settings && engineAt(estate, settings.SqlServerName, master.host);
  const database = engine?.instance.databases['SSISDB'];
  if (!engine || database?.state !== 'ONLINE' || database.catalog === null) return null;
  const group = database.group === null ? null : estate.groups[database.group];
  if (group && engineNamed(estate, group.primary)?.instance !== engine.instance) return null;
  const catalog = estate.catalogs[database.catalog];
  const login = engine.instance.logins[master.service.account.toLowerCase()];
  if (!catalog || !login || login.disabled) return null;
  const isAdmin = Object.values(catalog.users).some(
    ({ sid, roles }) => sid.toLowerCase() === login.sid.toLowerCase() && roles.includes('ssis_admin'),
  );
  return isAdmin && catalog.masterProperties['IS_SCALEOUT_ENABLED'] === 'TRUE' ? catalog : null;
}

/**
 * The engine that `server,port`, `server\instance` or `server` leads a machine to: a listener leads to its
 * primary, where its address is routed.
 */
export function engineAt(estate: Estate, server: string, from: Host): Engine | null {
  const [name = '', port = '1433'] = server.split(',').map((part) => part.trim());
  const [short = ''] = name.split('.');
  for (const group of Object.values(estate.groups)) {
    const { listener } = group;
    if (listener?.name.toLowerCase() !== short.toLowerCase() || String(listener.port) !== port) continue;
    const primary = runningEngine(estate, group.primary);
    const isReached = listener.addresses.some(
      ({ ip }) => primary && isInNetworkOf(primary.host, ip) && isRouted(estate, ip, primary.host, from),
    );
    return isReached ? primary : null;
  }
  const named = runningEngine(estate, name.includes('\\') ? name : short);
  if (named && !server.includes(',')) return named;
  const onHost = Object.values(estate.hosts).find((host) => host.name.toLowerCase() === short.toLowerCase());
  const instance = Object.values(onHost?.instances ?? {}).find(
    (candidate) => String(candidate.port) === port,
  );
  return onHost && instance?.running ? { host: onHost, instance } : null;
}
