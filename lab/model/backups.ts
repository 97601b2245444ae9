import type { Backup, Database, Instance } from './estate/engine.ts';

/** Everything that msdb remembers of a database, oldest first. */
export function backupsOf({ backups, scriptedBackups }: Instance, database: string): Backup[] {
  return [...backups, ...(scriptedBackups?.taken ?? [])]
    .filter((backup) => backup.database === database)
    .toSorted((one, other) => one.finishedAt - other.finishedAt);
}

/**
 * The backups that follow on one another: the first full one since full recovery, and every log after it.
 * Copies are no part of it. Empty where no chain has begun.
 *
 * Source: *Recovery models*, switching from simple to full; *BACKUP*, COPY_ONLY.
 */
export function logChainOf(instance: Instance, { name, recovery, fullSince }: Database): readonly Backup[] {
  if (recovery !== 'FULL') return [];
  const own = backupsOf(instance, name).filter(({ copyOnly }) => !copyOnly);
  const begins = own.findIndex(({ type, finishedAt }) => type === 'full' && finishedAt >= (fullSince ?? 0));
  return begins === -1 ? [] : own.slice(begins);
}
