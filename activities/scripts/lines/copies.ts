import { z } from 'zod';
import { change, changeAnswering, look, nothing, secret } from '../script.ts';

const group = z.string();
const file = z.string();
/** What the backups of one seeding are called, so that whoever restored a copy can be told. */
const name = z.string();

const options = z.strictObject({
  recovery: z.string(),
  autoClose: z.boolean(),
  readOnly: z.boolean(),
  userAccess: z.string(),
});

/** One copy of SSISDB, as its own instance shows it. */
export const copySeen = z.strictObject({
  state: z.string(),
  group: group.nullable(),
  restoredFrom: name.nullable(),
});

/** One replica, as the primary sees it. */
export const replicaHealth = z.strictObject({
  availabilityMode: z.string(),
  replicaJoined: z.boolean(),
  connection: z.string().nullable(),
  databaseJoined: z.boolean(),
  failoverReady: z.boolean(),
  synchronization: z.string().nullable(),
  health: z.string().nullable(),
  suspended: z.boolean(),
});

export const powershell = {
  getSeedingFiles: look(
    'get-seeding-files.ps1',
    z.strictObject({ folder: z.string(), prefix: z.string() }),
    z.strictObject({ files: z.array(file) }),
  ),
} as const;

/** Copies of SSISDB: backups, seeding, and the password of the master key that each of them needs. */
export const sql = {
  proveMasterKeyPassword: look(
    'prove-master-key-password.sql',
    z.strictObject({ password: secret }),
    z.strictObject({ proven: z.boolean().nullable() }),
  ),
  getReadiness: look(
    'get-readiness.sql',
    nothing,
    z.strictObject({
      readiness: options
        .extend({
          state: z.string(),
          group: group.nullable(),
          mirrored: z.boolean(),
          hasLogChain: z.boolean(),
          /** Found free of damage since it was made. */
          checked: z.boolean(),
        })
        .nullable(),
    }),
  ),
  checkSsisdb: change('check-ssisdb.sql', nothing),
  setReadiness: change('set-readiness.sql', options),
  backUpSsisdb: change(
    'back-up-ssisdb.sql',
    z.strictObject({ file, name, kind: z.enum(['full', 'full copy', 'log copy']) }),
  ),
  getLogChain: look(
    'get-log-chain.sql',
    z.strictObject({ name }),
    z.strictObject({
      logs: z.array(z.strictObject({ file, position: z.number(), family: z.number() })),
    }),
  ),
  getCopy: look(
    'get-copy.sql',
    nothing,
    z.strictObject({
      copy: copySeen.nullable(),
    }),
  ),
  restoreCopy: change(
    'restore-copy.sql',
    z.strictObject({ file, position: z.number(), kind: z.enum(['full', 'log']) }),
  ),
  joinCopy: changeAnswering(
    'join-copy.sql',
    z.strictObject({ group }),
    z.strictObject({ joined: z.boolean() }),
  ),
  leaveGroup: change('leave-group.sql', nothing),
  dropCopy: change('drop-copy.sql', z.strictObject({ name })),
  getReplicaHealth: look(
    'get-replica-health.sql',
    z.strictObject({ group, server: z.string() }),
    z.strictObject({
      replica: replicaHealth.nullable(),
    }),
  ),
  getMasterKeyPasswords: look(
    'get-master-key-passwords.sql',
    nothing,
    z.strictObject({ catalogIsThere: z.boolean(), stored: z.number(), storedForThisCopy: z.number() }),
  ),
  storeMasterKeyPassword: change('store-master-key-password.sql', z.strictObject({ password: secret })),
  dropMasterKeyPassword: change('drop-master-key-password.sql', z.strictObject({ password: secret })),
  getBackupAges: look(
    'get-backup-ages.sql',
    nothing,
    z.strictObject({ fullMinutes: z.number().nullable(), logMinutes: z.number().nullable() }),
  ),
} as const;
