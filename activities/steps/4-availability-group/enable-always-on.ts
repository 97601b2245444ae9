import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { quiesceCatalog, quiesceOf, type Quiesce } from '../../quiesce.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

const observed = z.strictObject({
  /** What the running engine has; the registry may be ahead of it. */
  enabled: z.boolean(),
  managerStatus: z.number().nullable(),
  configured: z.boolean(),
  isNode: z.boolean(),
  groups: z.array(z.string()),
  otherDatabases: z.array(z.string()),
});

const MANAGER = { starting: 0, failed: 2 } as const;

/**
 * The setting is taken only at a start of the engine, and where it is set already the cmdlet does nothing at
 * all: so setting and restart are two acts, and each is seen. One node at a time, since another group may
 * live here already.
 *
 * Source: *Enable/Disable Always On*, prerequisites and Enable-SqlAlwaysOn, -NoServiceRestart; *SERVERPROPERTY*,
 * IsHadrEnabled and HadrManagerStatus.
 */
export const enableAlwaysOn = defineChange({
  id: 'enable-always-on',
  title: 'Enable Always On availability groups',
  why: 'Only then can the engine host a replica.',
  on: everyNode,
  holds: everyNode,
  patience: { applyMinutes: 120, settleMinutes: 10 },
  interrupts: ['engine'],
  takes: (site, host) => ({ host, instance: site.instance.name, quiesce: { ...quiesceOf(site) } }),

  observed,
  async probe({ powershell, sql }, { instance }) {
    const { configured } = await powershell.run('getAlwaysOnSetting', { instance });
    const { cluster } = await powershell.run('getCluster', {});
    const { enabled, managerStatus, groups, otherDatabases } = await sql.run('getAlwaysOn', {});
    const isNode = cluster !== null;
    return { enabled, managerStatus, configured: configured ?? false, isNode, groups, otherDatabases };
  },
  shortfall({ enabled, managerStatus, configured, isNode }, { host, instance }) {
    if (!enabled) {
      return [
        configured
          ? `Always On is set for ${instance} on ${host}, but the engine has not been restarted since`
          : `Always On is off for ${instance} on ${host}`,
        ...(isNode ? [] : [`${host} is no node of a failover cluster`]),
      ];
    }
    if (managerStatus === MANAGER.failed) return [`Always On of ${instance} on ${host} has failed to start`];
    return managerStatus === MANAGER.starting ? [`Always On of ${instance} on ${host} is starting`] : [];
  },
  changesExisting: ({ groups, otherDatabases }) => groups.length + otherDatabases.length > 0,
  gate({ groups, otherDatabases }, { host, instance }) {
    const others = otherDatabases.length === 0 ? '' : ` Other databases on it: ${otherDatabases.join(', ')}.`;
    const hosted = groups.length === 0 ? '' : ` Availability groups on it: ${groups.join(', ')}.`;
    return `Restart the engine ${instance} on ${host}, so that Always On takes effect? Connections are cut off.${others}${hosted}`;
  },

  async apply(ports, { host, instance, quiesce }, { before, runId, tries }) {
    if (before.enabled && before.managerStatus !== MANAGER.failed) return;
    refuseWithoutCluster(before, host);
    if (before.managerStatus === MANAGER.failed) throw hasFailed(host, instance);
    await quiesceCatalog(ports, quiesce, { of: `enable-always-on ${host} ${runId}`, tries });
    if (!before.configured) await ports.powershell.run('setAlwaysOnSetting', { instance, enabled: true });
    await ports.powershell.run('restartEngine', { instance });
  },
  undo: {
    async asks(ports, { host, instance, quiesce }, { before, runId, tries }) {
      if (before.enabled) return;
      const now = await ports.sql.run('getAlwaysOn', {});
      if (now.groups.length > 0) throw isInUse(host, now.groups);
      if (!now.enabled && before.configured) return;
      const attempt = { of: `disable-always-on ${host} ${runId}`, tries };
      await disable(ports, instance, {
        quiesce,
        attempt,
        wasPending: before.configured,
        isLive: now.enabled,
      });
    },
    residue: ['connections that the restarts of the engine cut off'],
  },
});

interface Disabling {
  readonly quiesce: Quiesce;
  readonly attempt: { readonly of: string; readonly tries: number };
  /** It was set before this run, and waited for a restart. */
  readonly wasPending: boolean;
  readonly isLive: boolean;
}

async function disable(ports: Ports, instance: string, { quiesce, attempt, wasPending, isLive }: Disabling) {
  await ports.powershell.run('setAlwaysOnSetting', { instance, enabled: false });
  if (isLive) {
    await quiesceCatalog(ports, quiesce, attempt);
    await ports.powershell.run('restartEngine', { instance });
  }
  if (wasPending) await ports.powershell.run('setAlwaysOnSetting', { instance, enabled: true });
}

function refuseWithoutCluster({ isNode }: z.output<typeof observed>, host: string): void {
  if (isNode) return;
  throw new OperatorError(
    `${host} is no node of a failover cluster, so Always On cannot be enabled`,
    'Join it to the cluster of the site, then retry.',
  );
}

/** Source: *Enable/Disable Always On*: a cluster that was made anew needs Always On off and on again. */
function hasFailed(host: string, instance: string): OperatorError {
  return new OperatorError(
    `Always On is enabled for ${instance} on ${host}, but its manager has failed to start`,
    'Read the error log of the engine; after a new cluster disable Always On and enable it again, then retry.',
  );
}

function isInUse(host: string, groups: readonly string[]): OperatorError {
  return new OperatorError(
    `${host} still hosts replicas of ${groups.join(', ')}`,
    'Take its replicas away first, or skip this undo and leave Always On enabled.',
  );
}
