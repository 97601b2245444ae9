import type { Site } from '../site.ts';
import type { Line } from './lines.ts';
import { inPowershell } from './quote.ts';
import { sharesOf } from './shares.ts';
import { powershell, sql, value, words, type Request } from './sheet.ts';

type BackupLine = Line<'backup'>;

/** Backups of SSISDB, its log and the password of its key, and what has no place in any backup. */
export function backupsOfSsisdb(site: Site) {
  return {
    'full-backups': fullBackups(site),
    'log-backups': logBackups(site),
    'seeding-hold': seedingHold(site),
    'key-password': keyPassword(site),
    'backup-folders': backupFolders(site),
    exclusions: exclusions(site),
    retention: retention(site),
  } satisfies Partial<Record<BackupLine, Request>>;
}

const NEWEST =
  "SELECT @@SERVERNAME AS replica, type, MAX(backup_finish_date) AS newest FROM msdb.dbo.backupset WHERE database_name = N'SSISDB' AND is_copy_only = 0 GROUP BY type;";
const PREFERRED = "SELECT sys.fn_hadr_backup_is_preferred_replica(N'SSISDB') AS is_preferred;";

function fullBackups(site: Site): Request {
  const { backups } = site.catalog;
  const isJob = backups.by === 'job';
  return {
    title: 'Full backups of SSISDB',
    wanted: isJob
      ? 'Nothing to schedule: the run makes a job of SQL Server Agent on every node. Take the files from there to your own storage, and delete old ones: the job never does.'
      : 'Your own means back SSISDB up in full, on whichever node it is primary, from the day when it joins the availability group.',
    table: {
      columns: [value('Database'), value('At least every'), words('By'), value('Nodes')],
      rows: [['SSISDB', `${backups.fullEveryHours} h`, byWhom(isJob), namesOfNodes(site)]],
    },
    why: 'Projects, environments and history stand nowhere else.',
    checks: [
      sql(
        'On each node',
        NEWEST,
        `Type D on one of the nodes, no older than ${backups.fullEveryHours} hours; a copy does not count.`,
      ),
      sql('On each node', PREFERRED, '1 on the primary: there it is backed up, and nowhere else.'),
    ],
    source:
      '*Offload backups to secondary replicas of an availability group*, automated preference; *backupset*, type and is_copy_only; domain facts, C10.',
  };
}

function logBackups(site: Site): Request {
  const { backups } = site.catalog;
  const isJob = backups.by === 'job';
  return {
    title: 'Log backups of SSISDB',
    wanted: isJob
      ? 'Nothing to schedule: a job of the run does it. Nothing else may back up this log.'
      : 'Your own means back the log up, on whichever node SSISDB is primary, and one tool only: two of them tear the chain apart.',
    table: {
      columns: [value('Database'), value('At least every'), words('By'), value('Nodes')],
      rows: [['SSISDB', `${backups.logEveryMinutes} min`, byWhom(isJob), namesOfNodes(site)]],
    },
    why: 'In an availability group SSISDB is in full recovery: a log that nobody backs up fills its drive, and SSISDB stops. A run with backups of your own waits for the first of them.',
    checks: [
      sql(
        'On each node',
        NEWEST,
        `Type L on one of the nodes, no older than ${2 * backups.logEveryMinutes} minutes.`,
      ),
      sql(
        'On each node',
        "SELECT recovery_model_desc, log_reuse_wait_desc FROM sys.databases WHERE name = N'SSISDB';",
        'FULL; and not LOG_BACKUP for long.',
      ),
    ],
    source: '*Recovery models*; *backupset*, type L; domain facts, C10.',
  };
}

/** A foreign log backup between the copies must be restored too, and can only be where all engines read it. */
function seedingHold(site: Site): Request {
  return {
    title: 'Log backups while SSISDB is seeded',
    wanted:
      'While the run seeds the other nodes (chapter 4), log backups of SSISDB are held, or go to a share that the engine’s account may read from every node, one file a backup.',
    table: {
      columns: [value('Database'), value('Reader'), value('Nodes'), value('For instance to')],
      rows: [
        ['SSISDB', site.accounts.engine.account, namesOfNodes(site), site.availabilityGroup.seeding.share],
      ],
    },
    why: 'A log backup between the run’s own belongs to what must be restored on the other node; one on a local disk cannot be read there, and the run begins anew.',
    checks: [
      sql(
        'On the first node',
        "SELECT TOP (5) b.backup_finish_date, b.type, m.physical_device_name FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id WHERE b.database_name = N'SSISDB' AND b.type = 'L' AND b.is_copy_only = 0 ORDER BY b.backup_finish_date DESC;",
        'No row from the hours of chapter 4, or names of files on a share.',
      ),
    ],
    source: '*BACKUP*, COPY_ONLY; *RESTORE*, log chain; domain facts, C10.',
  };
}

function keyPassword({ catalog }: Site): Request {
  return {
    title: 'Passwords of SSISDB’s master key and of its backup',
    wanted:
      'Both passwords lie in your vault too, apart from the backups, for as long as any backup of SSISDB is kept. The site file names only where the run reads them.',
    table: {
      columns: [words('Password'), value('Where the run reads it')],
      rows: [
        ['of the master key of SSISDB', catalog.masterKeyPassword],
        ['of the key’s backup', catalog.masterKeyBackup.password],
      ],
    },
    why: 'Lose them and there is neither a failover nor a restore of what SSISDB keeps secret; nobody can read them back.',
    checks: [
      sql(
        'On each node, after chapter 4',
        "SELECT COUNT(*) AS kept FROM sys.master_key_passwords AS k JOIN sys.database_recovery_status AS r ON r.family_guid = k.family_guid WHERE r.database_id = DB_ID(N'SSISDB');",
        '1 or more: the node keeps a password; that it is the right one shows the drill alone.',
      ),
    ],
    source:
      '*sp_control_dbmasterkey_password*; *SSIS Catalog*, back up, restore and move; domain facts, 4.5.',
  };
}

function backupFolders(site: Site): Request {
  const { backup } = site.instance.directories;
  const isJob = site.catalog.backups.by === 'job';
  return {
    title: 'Folder for backups on each node',
    wanted: isJob
      ? 'The same folder on each node, with room for the full and log backups between two of your collections. Setup makes it and lets the engine’s account in; collect from all nodes, since the primary moves.'
      : 'The same drive on each node: setup makes the folder, and the run writes one full backup there, with which the log chain begins.',
    table: {
      columns: [value('Folder'), value('Nodes'), value('Writer')],
      rows: [[backup, namesOfNodes(site), site.accounts.engine.account]],
    },
    why: 'Equal paths on all replicas; a full drive stops the backups, and then SSISDB.',
    checks: [
      powershell(
        'On each node, after chapter 3',
        `Get-ChildItem -LiteralPath ${inPowershell(backup)} | Sort-Object -Property LastWriteTime -Descending | Select-Object -First 5 -Property Name, Length, LastWriteTime`,
        'The newest backups on the node that is primary.',
      ),
    ],
    source: '*Install SQL Server from the command prompt*, SQLBACKUPDIR; domain facts, 2.3 and 4.3.',
  };
}

function exclusions(site: Site): Request {
  const travelling = sharesOf(site).filter(({ line }) => ['exchange-share', 'seeding-share'].includes(line));
  return {
    title: 'What no file backup and no snapshot takes along',
    wanted:
      'File backups, shadow copies and replication leave out the shares through which things only travel. Backups of whole machines leave SSISDB’s log chain alone: copy-only, or without the databases.',
    table: {
      columns: [value('Left out'), words('Because')],
      rows: travelling.map(({ path, line }) => [
        path,
        line === 'exchange-share'
          ? 'the Master’s encrypted key lies there for a while, and must not outlive that'
          : 'copies of SSISDB lie there for a while, and locked files would hold up the seeding',
      ]),
    },
    why: 'What the run deletes would live on elsewhere; and a machine’s backup that truncates the log makes the next log backup useless.',
    checks: [
      sql(
        'On each node',
        "SELECT backup_finish_date, name, user_name, is_snapshot, is_copy_only FROM msdb.dbo.backupset WHERE database_name = N'SSISDB' AND (is_snapshot = 1 OR type = 'L') ORDER BY backup_finish_date DESC;",
        'Snapshots with is_copy_only 1, or none; log backups of one program only.',
      ),
    ],
    source: '*backupset*, is_snapshot and is_copy_only; domain facts, C10 and 2.2.',
  };
}

function retention({ catalog }: Site): Request {
  return {
    title: 'How long things are kept',
    wanted:
      'Full backups with an unbroken chain of log backups as long as your rules say; the key’s backup and both passwords as long as the oldest of them. SSISDB itself keeps its history for the time below, which decides how large it grows.',
    table: {
      columns: [words('What'), value('Kept')],
      rows: [
        ['history of executions in SSISDB', `${catalog.retentionDays} days`],
        ['versions of a project in SSISDB', String(catalog.maxProjectVersions)],
      ],
    },
    why: 'A backup that outlives its key’s password cannot give its secrets back.',
    checks: [
      sql(
        'On the listener, after chapter 4',
        "SELECT property_name, property_value FROM SSISDB.catalog.catalog_properties WHERE property_name IN (N'RETENTION_WINDOW', N'MAX_PROJECT_VERSIONS');",
        'The values above.',
      ),
    ],
    source: '*catalog.catalog_properties*; domain facts, 2.4.',
  };
}

function byWhom(isJob: boolean): string {
  return isJob ? 'SQL Server Agent, by the run’s job' : 'your own means';
}

function namesOfNodes({ nodes }: Site): readonly string[] {
  return nodes.map(({ name }) => name);
}
