import { TransientError } from '../../failures.ts';
import type { Ports, SqlTarget } from '../../ports.ts';

interface Seeding {
  readonly host: string;
  readonly group: string;
  readonly share: string;
  readonly runId: string;
  readonly primary: SqlTarget;
  /** An earlier try of this run has restored a copy here, which waits for more. */
  readonly hasCopy: boolean;
}

/** What the backups of a run are called: so a copy tells, from the backup's own name, who restored it. */
export function seedingName(runId: string): string {
  return `ssis-ha ${runId}`;
}

/** How the files for one node's seeding begin. */
export function seedingPrefix(host: string, runId: string): string {
  return `SSISDB-${host}-${runId}-`;
}

/**
 * Joins the copy that waits here; where there is none, or the primary's log no longer reaches back to it,
 * restores a new one first.
 *
 * Throws a TransientError where backups of others keep coming in between.
 */
export async function joinOrSeed(ports: Ports, seeding: Seeding): Promise<void> {
  const { group, runId, hasCopy } = seeding;
  if (hasCopy) {
    const { joined } = await ports.sql.run('joinCopy', { group });
    if (joined) return;
    await ports.sql.run('dropCopy', { name: seedingName(runId) });
  }
  await restore(ports, await backUp(ports, seeding));
  const { joined } = await ports.sql.run('joinCopy', { group });
  if (joined) return;
  throw new TransientError(
    `The log of SSISDB was backed up while ${seeding.host} was being seeded`,
    'reported',
  );
}

export async function removeSeedingFiles(
  { powershell }: Ports,
  folder: string,
  prefix: string,
): Promise<void> {
  const { files } = await powershell.run('getSeedingFiles', { folder, prefix });
  for (const path of files) await powershell.run('removeFile', { path });
}

interface Backups {
  readonly full: string;
  readonly logs: readonly { readonly file: string; readonly position: number }[];
}

/**
 * A copy of the database and of the log since, which disturb nobody's backups. A log backup that somebody else
 * took in between has emptied the log, so it belongs to what must be restored.
 *
 * Source: *BACKUP*, COPY_ONLY; domain facts, C10.
 */
async function backUp(ports: Ports, { host, share, runId, primary }: Seeding): Promise<Backups> {
  const name = seedingName(runId);
  const prefix = seedingPrefix(host, runId);
  await removeSeedingFiles(ports, share, prefix);
  const full = `${share}\\${prefix}full.bak`;
  const log = `${share}\\${prefix}log.trn`;
  await ports.sql.run('backUpSsisdb', { file: full, name, kind: 'full copy' }, primary);
  await ports.sql.run('backUpSsisdb', { file: log, name, kind: 'log copy' }, primary);
  const { logs } = await ports.sql.run('getLogChain', { name }, primary);
  const local = logs.find(({ file, family }) => !file.startsWith('\\\\') || family > 1);
  if (local) {
    throw new TransientError(
      `While ${host} was being seeded, the log of SSISDB was backed up to ${local.file}, which cannot be read from here`,
      'reported',
      60,
    );
  }
  return {
    full,
    logs: [...logs.map(({ file, position }) => ({ file, position })), { file: log, position: 1 }],
  };
}

async function restore({ sql }: Ports, { full, logs }: Backups): Promise<void> {
  await sql.run('restoreCopy', { file: full, position: 1, kind: 'full' });
  for (const { file, position } of logs) await sql.run('restoreCopy', { file, position, kind: 'log' });
}
