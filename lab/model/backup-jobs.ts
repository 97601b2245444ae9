import { z } from 'zod';
import { engineNamed } from './availability.ts';
import { backupsOf, logChainOf } from './backups.ts';
import type { Estate } from './estate.ts';
import type { Backup, Database, Instance, Job } from './estate/engine.ts';
import type { Host } from './estate/host.ts';
import { readOnce } from './read-once.ts';

/**
 * What the Agent of a primary does where it has jobs that back a database of its group up: each takes its backup
 * when the last one is as old as its schedule says. Answers how many backups were taken.
 *
 * Source: *sp_add_schedule*, freq_type 4 with freq_subday_type 4 (minutes) and 8 (hours).
 */
export function backUpByJobs(estate: Estate, now: number): number {
  return Object.values(estate.groups)
    .flatMap(({ name, primary }) => {
      const engine = engineNamed(estate, primary);
      if (!engine?.instance.running || !agentRuns(engine.host, engine.instance)) return [];
      const { instance } = engine;
      const databases = Object.values(instance.databases).filter(({ group }) => group === name);
      return Object.values(instance.jobs).flatMap((job) =>
        databases.map((database) => runJob(job, instance, database, now)),
      );
    })
    .filter((taken) => taken).length;
}

const work = z.object({
  steps: z.array(z.object({ command: z.string() })),
  schedules: z.array(
    z.object({ freqInterval: z.number(), freqSubdayType: z.number(), freqSubdayInterval: z.number() }),
  ),
});

type Definition = z.output<typeof work>;

function agentRuns({ services }: Host, { name }: Instance): boolean {
  return services[name === 'MSSQLSERVER' ? 'SQLSERVERAGENT' : `SQLAgent$${name}`]?.state === 'Running';
}

function runJob(job: Job, instance: Instance, database: Database, now: number): boolean {
  if (!job.enabled || logChainOf(instance, database).length === 0) return false;
  const definition = definitionOf(job.text);
  const type = typeOf(definition, database);
  const everyMs = intervalMsOf(definition);
  if (type === null || everyMs === null) return false;
  const last = backupsOf(instance, database.name).findLast(
    (backup) => !backup.copyOnly && (backup.type === type || backup.type === 'full'),
  );
  if (last && last.finishedAt > now - everyMs) return false;
  const memory = (instance.scriptedBackups ??= { taken: [], residue: true });
  const { name, position } = database;
  memory.taken.push({
    database: name,
    type,
    copyOnly: false,
    file: `job:${name}.${type}`,
    position,
    finishedAt: now,
  });
  return true;
}

function typeOf(definition: Definition | null, { name }: Database): Backup['type'] | null {
  const commands = definition?.steps.map(({ command }) => command) ?? [];
  if (commands.some((command) => command.includes(`BACKUP LOG [${name}]`))) return 'log';
  return commands.some((command) => command.includes(`BACKUP DATABASE [${name}]`)) ? 'full' : null;
}

function intervalMsOf(definition: Definition | null): number | null {
  const [schedule] = definition?.schedules ?? [];
  if (!schedule) return null;
  const { freqInterval, freqSubdayType, freqSubdayInterval } = schedule;
  const minutes = { 4: freqSubdayInterval, 8: freqSubdayInterval * 60 }[freqSubdayType];
  return (minutes ?? freqInterval * 1440) * 60_000;
}

/** Jobs that others have made hold whatever they like. */
const definitionOf = readOnce((text): Readonly<Definition> | null => {
  try {
    return work.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
});
