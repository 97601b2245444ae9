import { z } from 'zod';
import { change, look, nothing } from '../script.ts';

/** What moves away from a node and back again. */
const executions = z.array(
  z.strictObject({
    id: z.number(),
    package: z.string(),
    startedAt: z.string().nullable(),
    machine: z.string().nullable(),
  }),
);

export const powershell = {
  getLocalExecutions: look(
    'get-local-executions.ps1',
    z.strictObject({ instance: z.string() }),
    z.strictObject({ executions }),
  ),
  /** Moves a role that is no availability group to another node. */
  moveRole: change('move-role.ps1', z.strictObject({ role: z.string(), node: z.string() })),
  suspendNode: change('suspend-node.ps1', nothing),
  resumeNode: change('resume-node.ps1', nothing),
  /** Whether a Scale Out Worker runs on this machine. */
  getWorkerService: look('get-worker-service.ps1', nothing, z.strictObject({ isRunning: z.boolean() })),
} as const;

const failoverMode = z.enum(['AUTOMATIC', 'MANUAL']);

export const sql = {
  /** The group as this replica knows it; only the primary knows all. */
  getGroupHealth: look(
    'get-group-health.sql',
    z.strictObject({ group: z.string() }),
    z.strictObject({
      server: z.string(),
      group: z
        .strictObject({
          primary: z.string().nullable(),
          replicas: z.array(
            z.strictObject({
              server: z.string(),
              failoverMode,
              isConnected: z.boolean(),
              isSynchronized: z.boolean(),
              isFailoverReady: z.boolean(),
              isHealthy: z.boolean(),
            }),
          ),
        })
        .nullable(),
    }),
  ),
  /** Makes the instance it runs on the primary, without loss or not at all. */
  failOverGroup: change('fail-over-group.sql', z.strictObject({ group: z.string() })),
  setFailoverMode: change(
    'set-failover-mode.sql',
    z.strictObject({
      group: z.string(),
      replicas: z.array(z.strictObject({ server: z.string(), failoverMode })),
    }),
  ),
  getRunningExecutions: look(
    'get-running-executions.sql',
    nothing,
    z.strictObject({
      /** Whether this instance can read SSISDB, another one can, or there is none. */
      catalog: z.enum(['here', 'elsewhere', 'none']),
      executions,
    }),
  ),
  getWorkerLoad: look(
    'get-worker-load.sql',
    z.strictObject({ machine: z.string() }),
    z.strictObject({
      worker: z
        .strictObject({
          id: z.string(),
          isEnabled: z.boolean(),
          tasks: z.number(),
          othersOnline: z.number(),
        })
        .nullable(),
    }),
  ),
  /** Takes no more work from now on, unless work came in the very moment: then nothing has changed. */
  pauseWorker: change('pause-worker.sql', z.strictObject({ id: z.string() })),
  resumeWorker: change('resume-worker.sql', z.strictObject({ id: z.string() })),
} as const;
