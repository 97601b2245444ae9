import { engineNamed } from './availability.ts';
import { backupsOf, logChainOf } from './backups.ts';
import type { Estate } from './estate.ts';
import type { Backup, Database, Instance } from './estate/engine.ts';

/**
 * What a site's own backup tool does where the site says that backups are its affair: once a database is on
 * more than one replica of its group, its log is backed up on the primary as often as the site says, after
 * the full backup that a log backup needs. Answers how many backups it took.
 */
export function backUpByOtherMeans(estate: Estate, now: number): number {
  const everyMinutes = estate.externalBackups?.logEveryMinutes;
  if (everyMinutes === undefined) return 0;
  return Object.values(estate.groups)
    .flatMap(({ name, primary }) => sharedOn(estate, name, primary))
    .map(({ instance, database }) => backUp(instance, database, { now, since: now - everyMinutes * 60_000 }))
    .reduce((sum, taken) => sum + taken, 0);
}

function sharedOn(estate: Estate, group: string, primary: string) {
  const instance = engineNamed(estate, primary)?.instance;
  if (!instance?.running) return [];
  return Object.values(instance.databases)
    .filter((database) => database.group === group && copiesOf(estate, database) > 1)
    .map((database) => ({ instance, database }));
}

function copiesOf(estate: Estate, { name, group }: Database): number {
  return Object.values(estate.hosts)
    .flatMap(({ instances }) => Object.values(instances))
    .filter(({ databases }) => databases[name]?.group === group).length;
}

function backUp(
  instance: Instance,
  database: Database,
  { now, since }: { readonly now: number; readonly since: number },
): number {
  const isRecent = backupsOf(instance, database.name).some(
    ({ type, copyOnly, finishedAt }) => type === 'log' && !copyOnly && finishedAt >= since,
  );
  if (isRecent || database.recovery !== 'FULL') return 0;
  const types: readonly Backup['type'][] =
    logChainOf(instance, database).length === 0 ? ['full', 'log'] : ['log'];
  const memory = (instance.scriptedBackups ??= { taken: [], residue: true });
  for (const type of types) {
    memory.taken.push({
      database: database.name,
      type,
      copyOnly: false,
      file: `tool:${database.name}.${type}`,
      position: database.position,
      finishedAt: now,
    });
  }
  return types.length;
}
