import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { homeTarget, replicasOf } from '../../primary.ts';
import { sameName } from '../../same-name.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

const observed = z.strictObject({
  projects: z.number(),
  server: z.string(),
  readiness: z
    .strictObject({
      state: z.string(),
      recovery: z.string(),
      autoClose: z.boolean(),
      readOnly: z.boolean(),
      userAccess: z.string(),
      group: z.string().nullable(),
      mirrored: z.boolean(),
      hasLogChain: z.boolean(),
      checked: z.boolean(),
    })
    .nullable(),
});

type Readiness = NonNullable<z.output<typeof observed>['readiness']>;

/**
 * What a group asks of its database. The full backup that begins the log chain is the only one that is no
 * copy, and it stays: everything that follows rests on it. A member of the group meets all of this already.
 *
 * Source: *AG prerequisites*, availability database; *BACKUP*, COPY_ONLY; *sys.database_recovery_status*,
 * last_log_backup_lsn (null: no chain); domain facts, 4.3 and C10.
 */
export const prepareSsisdb = defineChange({
  id: 'prepare-ssisdb',
  title: 'Prepare SSISDB for the availability group',
  why: 'A group takes only a sound database in full recovery whose log chain has begun.',
  on: theFirstNode,
  after: ['prove-master-key-password'],
  patience: { applyMinutes: 180, settleMinutes: 5 },
  takes: (site) => ({
    replicas: { ...replicasOf(site) },
    group: site.availabilityGroup.name,
    folder: site.instance.directories.backup,
    backups: site.catalog.backups,
  }),

  observed,
  async probe(ports, { replicas }) {
    const target = await homeTarget(ports, replicas);
    const { readiness } = await ports.sql.run('getReadiness', {}, target);
    const isOnline = readiness?.state === 'ONLINE';
    const { catalog } = isOnline ? await ports.sql.run('getCatalog', {}, target) : { catalog: null };
    return { server: target.server, readiness, projects: catalog?.projects ?? 0 };
  },
  shortfall({ server, readiness }, { group }) {
    if (readiness === null) return [`There is no SSISDB on ${server}`];
    if (readiness.group !== null && sameName(readiness.group, group)) return [];
    refuseForeign(readiness, group);
    return unmet(readiness);
  },
  // An SSISDB that this run made has none yet.
  changesExisting: ({ projects }) => projects > 0,
  gate({ readiness }, { backups, folder }) {
    if (readiness === null || optionsAreMet(readiness)) return null;
    const log =
      backups.by === 'job'
        ? `a job that this run makes (every ${backups.logEveryMinutes} minutes, to ${folder})`
        : `the site's own backups (every ${backups.logEveryMinutes} minutes)`;
    return `Set SSISDB from ${optionsOf(readiness)} to FULL, AUTO_CLOSE off, read-write, MULTI_USER, and begin its log chain with a full backup in ${folder}? From then on its log grows until it is backed up, by ${log}.`;
  },

  async apply(ports, { replicas, folder }, { before, runId }) {
    const { readiness } = before;
    if (readiness?.state !== 'ONLINE') {
      throw new OperatorError(
        `SSISDB on ${before.server} is ${readiness?.state ?? 'not there'}`,
        'Create it as chapter 2 does, or bring it online, then retry.',
      );
    }
    if (unmet(readiness).length === 0) return;
    const target = await homeTarget(ports, replicas);
    if (!readiness.checked) await ports.sql.run('checkSsisdb', {}, target);
    if (!optionsAreMet(readiness)) {
      await ports.sql.run('setReadiness', READY, target);
    }
    if (readiness.hasLogChain && readiness.recovery === READY.recovery) return;
    const file = `${folder}\\SSISDB-${runId}-full.bak`;
    // Half a file of an earlier try bears this run's id, and no log chain rests on it.
    await ports.powershell.run('removeFile', { path: file });
    await ports.sql.run('backUpSsisdb', { file, name: `ssis-ha ${runId}`, kind: 'full' }, target);
  },
  undo: {
    async auto(ports, { replicas }, { before }) {
      const { readiness } = before;
      if (readiness === null || optionsAreMet(readiness)) return;
      const { recovery, autoClose, readOnly, userAccess } = readiness;
      const target = await homeTarget(ports, replicas);
      await ports.sql.run('setReadiness', { recovery, autoClose, readOnly, userAccess }, target);
    },
    residue: ['the full backup that began the log chain of SSISDB'],
    leavesEvidence: true,
  },
});

const READY = { recovery: 'FULL', autoClose: false, readOnly: false, userAccess: 'MULTI_USER' } as const;

function unmet(readiness: Readiness): string[] {
  const { state, recovery, autoClose, readOnly, userAccess, hasLogChain, checked } = readiness;
  return [
    ...(state === 'ONLINE' ? [] : [`SSISDB is ${state}`]),
    ...(checked ? [] : ['SSISDB has not been checked for damage since it was made']),
    ...(recovery === READY.recovery ? [] : [`The recovery model of SSISDB is ${recovery}`]),
    ...(autoClose ? ['SSISDB closes by itself'] : []),
    ...(readOnly ? ['SSISDB is read-only'] : []),
    ...(userAccess === READY.userAccess ? [] : [`The access to SSISDB is ${userAccess}`]),
    ...(hasLogChain ? [] : ['No full backup has begun a log chain of SSISDB']),
  ];
}

function optionsAreMet({ recovery, autoClose, readOnly, userAccess }: Readiness): boolean {
  return recovery === READY.recovery && !autoClose && !readOnly && userAccess === READY.userAccess;
}

function optionsOf({ recovery, autoClose, readOnly, userAccess }: Readiness): string {
  return `${recovery}, AUTO_CLOSE ${autoClose ? 'on' : 'off'}, ${readOnly ? 'read-only' : 'read-write'}, ${userAccess}`;
}

function refuseForeign({ group, mirrored }: Readiness, wanted: string): void {
  if (group !== null) {
    throw new OperatorError(
      `SSISDB belongs to the availability group ${group}, not to ${wanted}`,
      `Name ${group} in the site file, or have its owner take SSISDB out of it, then retry.`,
    );
  }
  if (mirrored) {
    throw new OperatorError('SSISDB is mirrored', 'End its mirroring with its owner, then retry.');
  }
}
