import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';
import { definitionOf, doTheSame } from './jobs.ts';
import { forgetReplaced, keepReplaced, recallReplaced, replacedJob } from './replaced.ts';

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
  takes: (site, host) => ({
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

  async apply(ports, input, { before, runId }) {
    for (const { name, note, definition } of wantedJobs(input)) {
      const seen = before.jobs.find((job) => job.name === name);
      if (seen?.enabled && seen.asWanted) continue;
      const { job } = await ports.sql.run('getJob', { name });
      if (seen?.isThere) await keepReplaced(ports, note, runId, job);
      await ports.sql.run('putJob', { name, owner: null, enabled: true, definition });
    }
  },
  undo: {
    async auto(ports, input, { before, runId }) {
      for (const { name, note } of wantedJobs(input)) {
        const seen = before.jobs.find((job) => job.name === name);
        if (!seen || (seen.enabled && seen.asWanted)) continue;
        const replaced = await recallReplaced(ports, note, runId, replacedJob);
        if (!seen.isThere) await ports.sql.run('dropJob', { name });
        else if (replaced) await ports.sql.run('putJob', { name, ...replaced });
        await forgetReplaced(ports, note);
      }
    },
    residue: ['backups of SSISDB that the jobs have taken'],
  },
});

interface Wanted {
  readonly folder: string;
  readonly fullEveryHours: number;
  readonly logEveryMinutes: number;
}

function wantedJobs({ folder, fullEveryHours, logEveryMinutes }: Wanted) {
  const log = { name: LOG_JOB, note: 'replaced-log-backup-job', everyMinutes: logEveryMinutes };
  const full = { name: FULL_JOB, note: 'replaced-full-backup-job', everyMinutes: fullEveryHours * 60 };
  return [
    wantedJob({ ...log, command: commandOf('LOG', folder, 'trn') }),
    wantedJob({ ...full, command: commandOf('DATABASE', folder, 'bak') }),
  ];
}

interface WantedJob {
  readonly name: string;
  readonly note: string;
  readonly everyMinutes: number;
  readonly command: string;
}

function wantedJob({ name, note, everyMinutes, command }: WantedJob) {
  const definition = definitionOf({
    description: 'Asks on every replica whether this is the one to do it. Made by ssis-ha.',
    step: 'Back up',
    database: 'master',
    command,
    retries: 1,
    retryMinutes: 5,
    everyMinutes,
  });
  return { name, note, definition };
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
