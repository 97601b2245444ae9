import { z } from 'zod';
import { defineChange } from '../../step.ts';
import type { Site } from '../../site.ts';
import { everyNode } from '../hosts.ts';
import { definitionOf, doTheSame } from './jobs.ts';

const LOG_JOB = 'ssis-ha: back up the log of SSISDB';
const FULL_JOB = 'ssis-ha: back up SSISDB';

/**
 * Backups where the site wants them by jobs: the same jobs on every replica, each of which asks whether it is
 * the one to do it. In full recovery the log fills its drive unless it is backed up. Old files are the site's
 * to remove: nothing is deleted here.
 *
 * Source: *sys.fn_hadr_backup_is_preferred_replica*; *Offload backups to a secondary replica*; domain facts, C10.
 */
export const createBackupJobs = defineChange({
  id: 'create-backup-jobs',
  title: 'Create the jobs that back SSISDB up',
  why: 'In full recovery the log of SSISDB grows until it is backed up.',
  on: (site) => (site.catalog.backups.by === 'job' ? everyNode(site) : []),
  after: ['seed-secondary'],
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site: Site, host) => ({
    host,
    folder: site.instance.directories.backup,
    fullEveryHours: site.catalog.backups.fullEveryHours,
    logEveryMinutes: site.catalog.backups.logEveryMinutes,
  }),

  observed: z.strictObject({
    jobs: z.array(
      z.strictObject({ name: z.string(), isThere: z.boolean(), enabled: z.boolean(), asWanted: z.boolean() }),
    ),
  }),
  async probe({ sql }, input) {
    const jobs = [];
    for (const { name, definition } of wantedJobs(input)) {
      const { job } = await sql.run('getJob', { name });
      const asWanted = job !== null && doTheSame(job.definition, definition);
      jobs.push({ name, isThere: job !== null, enabled: job?.enabled ?? false, asWanted });
    }
    return { jobs };
  },
  shortfall: ({ jobs }, { host }) =>
    jobs.flatMap(({ name, isThere, enabled, asWanted }) => {
      if (!isThere) return [`The job "${name}" is missing on ${host}`];
      if (!enabled) return [`The job "${name}" is disabled on ${host}`];
      return asWanted ? [] : [`The job "${name}" on ${host} is not as the site file wants it`];
    }),
  gate({ jobs }, { host, folder }) {
    const found = jobs.filter(({ isThere, enabled, asWanted }) => isThere && !(enabled && asWanted));
    if (found.length === 0) return null;
    const names = found.map(({ name }) => `"${name}"`).join(' and ');
    return `Replace ${names} on ${host} by what the site file asks (to ${folder})?`;
  },

  async apply({ powershell, sql }, input, { before, runId }) {
    for (const { name, definition } of wantedJobs(input)) {
      const seen = before.jobs.find((job) => job.name === name);
      if (seen?.enabled && seen.asWanted) continue;
      const note = noteOf(name, input.host, runId);
      const { job } = await sql.run('getJob', { name });
      const { text } = await powershell.run('getNote', { name: note });
      if (seen?.isThere && text === null) await powershell.run('keepNote', { name: note, text: JSON.stringify(job) });
      await sql.run('putJob', { name, owner: null, enabled: true, definition });
    }
  },
  undo: {
    async auto({ powershell, sql }, { host }, { before, runId }) {
      for (const { name, isThere, enabled, asWanted } of before.jobs) {
        if (enabled && asWanted) continue;
        const note = noteOf(name, host, runId);
        const { text } = await powershell.run('getNote', { name: note });
        if (!isThere) await sql.run('dropJob', { name });
        else if (text !== null) await sql.run('putJob', { name, ...replaced.parse(JSON.parse(text)) });
        await powershell.run('removeNote', { name: note });
      }
    },
    residue: ['backups of SSISDB that the jobs have taken'],
  },
});

const replaced = z.strictObject({ enabled: z.boolean(), owner: z.string().nullable(), definition: z.string() });

interface Wanted {
  readonly folder: string;
  readonly fullEveryHours: number;
  readonly logEveryMinutes: number;
}

function wantedJobs({ folder, fullEveryHours, logEveryMinutes }: Wanted) {
  return [
    wantedJob(LOG_JOB, commandOf('LOG', folder, 'trn'), logEveryMinutes),
    wantedJob(FULL_JOB, commandOf('DATABASE', folder, 'bak'), fullEveryHours * 60),
  ];
}

function wantedJob(name: string, command: string, everyMinutes: number) {
  const description = 'Asks on every replica whether this is the one to do it. Made by ssis-ha.';
  const step = 'Back up';
  return { name, definition: definitionOf({ description, step, database: 'master', command, retries: 1, retryMinutes: 5, everyMinutes }) };
}

/** A new file each time; the time is that of the world, so that names of two replicas follow on one another. */
function commandOf(what: 'LOG' | 'DATABASE', folder: string, extension: string): string {
  return `IF sys.fn_hadr_backup_is_preferred_replica(N'SSISDB') = 1
    AND EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
BEGIN
    DECLARE @file nvarchar(260) = N'${folder.replaceAll("'", "''")}\\SSISDB-'
        + REPLACE(CONVERT(nvarchar(19), SYSUTCDATETIME(), 126), N':', N'') + N'.${extension}';
    BACKUP ${what} [SSISDB] TO DISK = @file WITH CHECKSUM, COMPRESSION;
    RESTORE VERIFYONLY FROM DISK = @file WITH CHECKSUM;
END;`;
}

function noteOf(job: string, host: string, runId: string): string {
  return `${job === LOG_JOB ? 'log-backup-job' : 'backup-job'}-of-${host}-${runId}`;
}
