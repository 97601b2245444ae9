import type { Estate } from './estate.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Host } from './estate/host.ts';
import { catalogOf, runningMasters, settingsInUse, type MasterSettings } from './master.ts';

/** The Master that serves one SSISDB now. */
export interface OnlineMaster {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly settings: MasterSettings;
}

/** The Master that runs and can open the SSISDB that its settings lead to; null where none does. */
export function onlineMaster(estate: Estate): OnlineMaster | null {
  for (const master of runningMasters(estate)) {
    const catalog = catalogOf(estate, master);
    const settings = settingsInUse(master);
    if (catalog && settings) return { host: master.host, catalog, settings };
  }
  return null;
}

/**
 * The properties of the Master as SSISDB shows them. A Master that is online has written who it is at its start,
 * and its heartbeat is fresh; it only updates rows that are there, and never the address.
 *
 * Source: text of `internal.update_master_settings` and `internal.master_heartbeat`.
 */
export function masterProperties(estate: Estate, catalog: Catalog, now: number): Record<string, string> {
  const online = onlineMaster(estate);
  if (online?.catalog !== catalog) return { ...catalog.masterProperties };
  const { host, settings } = online;
  const told: Readonly<Record<string, string>> = {
    MACHINE_NAME: host.name,
    MACHINE_IP: host.ip,
    MASTER_SERVICE_PORT: String(settings.PortNumber),
    SSLCERT_THUMBPRINT: settings.SSLCertThumbprint,
    LAST_ONLINE_TIME: new Date(now).toISOString(),
  };
  return Object.fromEntries(
    Object.entries(catalog.masterProperties).map(([name, value]) => [name, told[name] ?? value]),
  );
}
