import { z } from 'zod';
import { change, look, nothing } from '../script.ts';

const group = z.string();
const account = z.string();

/** The endpoint that an instance has for its replicas. */
export const replicaEndpoint = z.strictObject({
  name: z.string(),
  port: z.number(),
  state: z.string(),
  role: z.string(),
  authentication: z.string(),
  encryption: z.string(),
  owner: z.string(),
  ownedBySa: z.boolean(),
});

/** The session that records what becomes of the group. */
export const healthSession = z.strictObject({ startsWithEngine: z.boolean(), runs: z.boolean() });

export const powershell = {
  getAlwaysOnSetting: look(
    'get-always-on-setting.ps1',
    z.strictObject({ instance: z.string() }),
    z.strictObject({ configured: z.boolean().nullable() }),
  ),
  setAlwaysOnSetting: change(
    'set-always-on-setting.ps1',
    z.strictObject({ instance: z.string(), enabled: z.boolean() }),
  ),
} as const;

/** What every instance needs to host a replica: Always On, an endpoint, and who may use it. */
export const sql = {
  getAlwaysOn: look(
    'get-always-on.sql',
    nothing,
    z.strictObject({
      /** @@SERVERNAME: what a replica must be called. */
      serverName: z.string(),
      machine: z.string(),
      account: account.nullable(),
      enabled: z.boolean(),
      /** 0 starting, 1 started, 2 failed. */
      managerStatus: z.number().nullable(),
      groups: z.array(group),
      otherDatabases: z.array(z.string()),
    }),
  ),
  getEndpoint: look(
    'get-endpoint.sql',
    z.strictObject({ accounts: z.array(account) }),
    z.strictObject({
      endpoint: replicaEndpoint.nullable(),
      accounts: z.array(z.strictObject({ account, hasLogin: z.boolean(), mayConnect: z.boolean() })),
      /** The local system, as which the cluster service acts, and the permissions that it lacks. */
      system: z.strictObject({ hasLogin: z.boolean(), missing: z.array(z.string()) }),
      health: healthSession,
    }),
  ),
  createEndpoint: change('create-endpoint.sql', z.strictObject({ port: z.number() })),
  setEndpoint: change(
    'set-endpoint.sql',
    z.strictObject({ name: z.string(), started: z.boolean(), owner: z.string().nullable() }),
  ),
  dropEndpoint: change('drop-endpoint.sql', z.strictObject({ name: z.string() })),
  grantEndpoint: change('grant-endpoint.sql', z.strictObject({ name: z.string(), account })),
  revokeEndpoint: change(
    'revoke-endpoint.sql',
    z.strictObject({ name: z.string(), account, dropLogin: z.boolean() }),
  ),
  grantClusterService: change('grant-cluster-service.sql', nothing),
  revokeClusterService: change(
    'revoke-cluster-service.sql',
    z.strictObject({ permissions: z.array(z.string()), dropLogin: z.boolean() }),
  ),
  setHealthSession: change('set-health-session.sql', healthSession),
} as const;
