import { z } from 'zod';
import { change, look, nothing } from '../script.ts';

/** A SID or a hash as SQL Server writes it. */
const hex = z.string().regex(/^0x[0-9A-Fa-f]+$/);
const server = z.string();

const assembly = z.strictObject({ hash: z.string(), description: z.string() });

/** Text of a procedure, and whether the engine runs it at its start. */
const startup = z.strictObject({ definition: z.string(), isStartup: z.boolean() });

const job = z.strictObject({
  enabled: z.boolean(),
  owner: z.string().nullable(),
  /** Steps and schedules as one JSON text: compared as a whole, and carried over as it is. */
  definition: z.string(),
});

/** What belongs to SSISDB and does not travel with its group: server objects, jobs, registered replicas. */
export const sql = {
  getServerObjects: look(
    'get-server-objects.sql',
    nothing,
    z.strictObject({
      clrEnabled: z.boolean(),
      /** Hashes of all assemblies that this instance trusts. */
      trusted: z.array(z.string()),
      /** Those that SSISDB needs; empty where it cannot be read. */
      needed: z.array(assembly),
      cleanupLogin: z.strictObject({ sid: hex, disabled: z.boolean(), mayViewState: z.boolean() }).nullable(),
      startup: startup.nullable(),
    }),
  ),
  getCatalogLogins: look(
    'get-catalog-logins.sql',
    nothing,
    z.strictObject({ logins: z.array(z.strictObject({ login: z.string(), sid: hex })) }),
  ),
  getMissingLogins: look(
    'get-missing-logins.sql',
    z.strictObject({ sids: z.array(hex) }),
    z.strictObject({ missing: z.array(hex) }),
  ),
  addTrustedAssembly: change('add-trusted-assembly.sql', assembly),
  dropTrustedAssembly: change('drop-trusted-assembly.sql', assembly.pick({ hash: true })),
  putCleanupLogin: change('put-cleanup-login.sql', z.strictObject({ sid: hex, mayViewState: z.boolean() })),
  dropCleanupLogin: change('drop-cleanup-login.sql', nothing),
  putStartupProcedure: change('put-startup-procedure.sql', startup),
  dropStartupProcedure: change('drop-startup-procedure.sql', nothing),
  getJob: look('get-job.sql', z.strictObject({ name: z.string() }), z.strictObject({ job: job.nullable() })),
  putJob: change('put-job.sql', job.extend({ name: z.string() })),
  dropJob: change('drop-job.sql', z.strictObject({ name: z.string() })),
  getAlwaysOnSupport: look(
    'get-always-on-support.sql',
    nothing,
    z.strictObject({
      serverName: server,
      support: z
        .strictObject({
          hasUser: z.boolean(),
          isMember: z.boolean(),
          missingGrants: z.array(z.string()),
          replicas: z.array(z.strictObject({ server, state: z.number() })),
        })
        .nullable(),
    }),
  ),
  grantFailoverMonitor: change('grant-failover-monitor.sql', nothing),
  revokeFailoverMonitor: change(
    'revoke-failover-monitor.sql',
    z.strictObject({ member: z.boolean(), grants: z.array(z.string()) }),
  ),
  addReplicaInfo: change('add-replica-info.sql', z.strictObject({ server })),
  deleteReplicaInfo: change('delete-replica-info.sql', z.strictObject({ server })),
} as const;
