import type { SqlScene } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import type { Estate } from './estate.ts';

/**
 * A statement that has written to SSISDB, whose log has no room left, fails as a whole.
 *
 * Source: message catalogue of SQL Server: 9002, severity 17; domain facts, R3.
 */
export function requireRoomInLog({ estate, instance }: SqlScene, before: string): void {
  if (!instance.databases['SSISDB']?.logFull) return;
  const { catalogs } = JSON.parse(before) as Pick<Estate, 'catalogs'>;
  if (JSON.stringify(catalogs) === JSON.stringify(estate.catalogs)) return;
  throw new SqlServerError(9002, "The transaction log for database 'SSISDB' is full due to 'LOG_BACKUP'.", {
    severity: 17,
    state: 2,
  });
}
