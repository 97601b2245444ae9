import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';
import { definitionOf } from './jobs.ts';
import { forgetReplaced, keepReplaced, recallReplaced, replacedJob } from './replaced.ts';

const NAME = 'SSIS Failover Monitor Job';
const NOTE = 'replaced-failover-monitor';
const OWNER = '##MS_SSISServerCleanupJobLogin##';

/** Source: the product's public job script; domain facts, 4.7, *Job text*. */
const COMMAND = `DECLARE @status tinyint;
IF EXISTS (
    SELECT 1
    FROM sys.dm_hadr_availability_replica_states AS s
    JOIN sys.availability_databases_cluster AS d ON d.group_id = s.group_id
    WHERE s.is_local = 1 AND s.role = 1 AND d.database_name = N'SSISDB'
)
BEGIN
    EXEC [SSISDB].[internal].[refresh_replica_status] @server_name = @@SERVERNAME, @status = @status OUTPUT;
    IF @status = 1
        EXEC [SSISDB].[catalog].[startup];
END;`;

const DEFINITION = definitionOf({
  description: 'Runs every two minutes. Starts the catalog of SSISDB on this server after a failover.',
  step: 'AlwaysOn Failover Monitor',
  database: 'msdb',
  command: COMMAND,
  retries: 3,
  retryMinutes: 3,
  everyMinutes: 2,
});

/**
 * The job that notices a failover and starts the catalog on the new primary, on every replica alike. The
 * dialog of Management Studio would make it too, but fails where the cluster has more than one SSISDB. A job
 * of this name that runs and has the right owner is left as it is.
 *
 * Source: *Catalog*, Always On for SSISDB; domain facts, 4.7 (public job script, known bug).
 */
export const createFailoverMonitorJob = defineChange({
  id: 'create-failover-monitor-job',
  title: 'Create the SSIS failover monitor job',
  why: 'Until the catalog is started on a new primary, its left-over executions stay "running".',
  on: everyNode,
  after: ['match-server-objects'],
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site, host) => ({
    host,
    agent: site.instance.name === 'MSSQLSERVER' ? 'SQLSERVERAGENT' : `SQLAgent$${site.instance.name}`,
  }),

  observed: z.strictObject({
    job: z.strictObject({ enabled: z.boolean(), owner: z.string().nullable() }).nullable(),
    agent: z.strictObject({ startMode: z.string(), isRunning: z.boolean() }).nullable(),
  }),
  async probe({ powershell, sql }, { agent }) {
    const { job } = await sql.run('getJob', { name: NAME });
    const { service } = await powershell.run('getHeldService', { name: agent });
    return { job: job && { enabled: job.enabled, owner: job.owner }, agent: service };
  },
  shortfall: ({ job, agent }, { host, agent: service }) => [
    ...(job === null ? [`The job "${NAME}" is missing on ${host}`] : []),
    ...(job === null || job.enabled ? [] : [`The job "${NAME}" is disabled on ${host}`]),
    ...(job === null || job.owner === OWNER
      ? []
      : [`The job "${NAME}" on ${host} belongs to ${job.owner ?? 'nobody'}, not to ${OWNER}`]),
    ...(agent?.isRunning && agent.startMode.startsWith('Auto')
      ? []
      : [
          `The service ${service} on ${host} is ${agent ? `${agent.isRunning ? 'running' : 'stopped'}, start type ${agent.startMode}` : 'missing'}`,
        ]),
  ],
  gate({ job, agent }, { host, agent: service }) {
    const found = [
      ...(job === null || isRight(job) ? [] : [`replace the job "${NAME}"`]),
      ...(agent === null || isUp(agent) ? [] : [`start ${service} and let it start with Windows`]),
    ];
    return found.length === 0 ? null : `On ${host}, ${found.join(' and ')}?`;
  },

  async apply(ports, { agent: service }, { before, runId }) {
    const { powershell, sql } = ports;
    if (before.agent && !isUp(before.agent)) {
      await powershell.run('setHeldService', { name: service, startMode: 'Automatic', running: true });
    }
    if (before.job && isRight(before.job)) return;
    if (before.job) {
      const { job } = await sql.run('getJob', { name: NAME });
      await keepReplaced(ports, NOTE, runId, job);
    }
    await sql.run('putJob', { name: NAME, owner: OWNER, enabled: true, definition: DEFINITION });
  },
  undo: {
    async auto(ports, { agent: service }, { before, runId }) {
      const { powershell, sql } = ports;
      const replaced = await recallReplaced(ports, NOTE, runId, replacedJob);
      if (before.job === null) await sql.run('dropJob', { name: NAME });
      else if (replaced) await sql.run('putJob', { name: NAME, ...replaced });
      await forgetReplaced(ports, NOTE);
      if (before.agent === null || isUp(before.agent)) return;
      const { startMode, isRunning } = before.agent;
      const mode = startModeOf(startMode);
      await powershell.run('setHeldService', { name: service, startMode: mode, running: isRunning });
    },
  },
});

function isRight({ enabled, owner }: { readonly enabled: boolean; readonly owner: string | null }): boolean {
  return enabled && owner === OWNER;
}

function isUp({
  isRunning,
  startMode,
}: {
  readonly isRunning: boolean;
  readonly startMode: string;
}): boolean {
  return isRunning && startMode.startsWith('Auto');
}

/** Source: *Win32_Service*, StartMode: Auto, Manual, Disabled. */
function startModeOf(mode: string): 'Automatic' | 'Manual' | 'Disabled' {
  if (mode.startsWith('Auto')) return 'Automatic';
  return mode === 'Disabled' ? 'Disabled' : 'Manual';
}
