import { SqlServerError } from '../tds/sql-server-error.ts';
import type { SqlScene } from '../scene.ts';
import { engineNamed } from './availability.ts';
import { requirePrimary } from './catalog-at-work.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Database } from './estate/engine.ts';
import { masterKeyOpens } from './master-key.ts';

/**
 * SSISDB as a statement on this instance can read it; null where it is not here or not open at all.
 *
 * Throws 976 on a secondary, which is not readable here. Source: domain facts, R3.
 */
export function readCatalog(scene: SqlScene): Catalog | null {
  const database = scene.instance.databases['SSISDB'];
  if (database?.state !== 'ONLINE' || database.catalog === null) return null;
  requireRole(scene, database);
  if (!isWritable(scene, database)) {
    throw new SqlServerError(
      976,
      "The target database, 'SSISDB', is participating in an availability group and is currently not accessible for queries.",
      { severity: 14 },
    );
  }
  return scene.estate.catalogs[database.catalog] ?? null;
}

/** SSISDB with its master key open. Throws 15581 where this engine cannot open it. */
export function openedCatalog(scene: SqlScene): Catalog {
  const catalog = requirePrimary(scene);
  if (masterKeyOpens(scene.instance.databases['SSISDB'])) return catalog;
  throw new SqlServerError(
    15581,
    'Please create a master key in the database or open the master key in the session before performing this operation.',
    { state: 6 },
  );
}

/** Source: message catalogue of SQL Server: 983, no replica is primary, or this one does not yet know its role. */
function requireRole({ estate }: SqlScene, { group }: Database): void {
  if (group === null || !estate.groups[group]?.resolving) return;
  throw new SqlServerError(
    983,
    `Unable to access availability database 'SSISDB' because the database replica is not in the PRIMARY or SECONDARY role.`,
    { severity: 14 },
  );
}

function isWritable({ estate, instance }: SqlScene, { group }: Database): boolean {
  const primary = group === null ? null : estate.groups[group]?.primary;
  return primary === null || (primary !== undefined && engineNamed(estate, primary)?.instance === instance);
}
