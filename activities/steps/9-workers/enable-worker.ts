import { z } from 'zod';
import { OperatorError, TransientError } from '../../failures.ts';
import { homeTarget, replicasOf } from '../../primary.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { isMachine } from '../../worker/client-certificate.ts';
import { disableWorker } from '../../worker/without-tasks.ts';
import { everyWorker } from '../hosts.ts';

/** Two heartbeats of a worker and a little more. Source: *Worker*, AgentHeartbeatInterval: one minute. */
const FRESH_SECONDS = 150;

/**
 * A new worker reports to the Master, appears in SSISDB disabled, and takes no tasks until it is enabled. It is
 * found by its own id and not by its name: a copied machine brings the id of another along, and both would flap.
 *
 * Source: *catalog.worker_agents*; *catalog.enable_worker_agent*; *Worker*, AgentId; domain facts, 9.3.
 */
export const enableWorker = defineChange({
  id: 'enable-worker',
  title: 'Let the worker take tasks',
  why: 'A new worker is disabled.',
  on: everyWorker,
  after: [{ sameHost: 'configure-worker' }],
  patience: { applyMinutes: 15, settleMinutes: 5 },
  takes: (site, host) => ({
    host,
    suffix: versionSuffix(site),
    replicas: { ...replicasOf(site) },
    others: site.workers.length - 1,
    nodesOnly: site.workers.every(({ name }) =>
      site.nodes.some((node) => node.name.toLowerCase() === name.toLowerCase()),
    ),
  }),

  observed: z.strictObject({
    agentId: z.string().nullable(),
    machine: z.string().nullable(),
    enabled: z.boolean(),
    isOnline: z.boolean(),
  }),
  async probe(ports, { suffix, replicas }) {
    const { worker } = await ports.powershell.run('getWorker', { suffix });
    // An empty one is none: the service makes itself another at its next start.
    const agentId = worker?.settings?.agentId?.toLowerCase() || null;
    if (agentId === null) return { agentId, machine: null, enabled: false, isOnline: false };
    const target = await homeTarget(ports, replicas);
    const { agents } = await ports.sql.run('getWorkerAgents', { freshSeconds: FRESH_SECONDS }, target);
    const agent = agents?.find(({ id }) => id === agentId);
    return {
      agentId,
      machine: agent?.machine ?? null,
      enabled: agent?.enabled ?? false,
      isOnline: agent?.isOnline ?? false,
    };
  },
  shortfall({ agentId, machine, enabled, isOnline }, { host }) {
    if (agentId === null)
      return [`The worker on ${host} has no AgentId yet: it is not installed, or has never started`];
    if (machine === null) return [`The worker on ${host} (${agentId}) has never reported to the Master`];
    if (!isMachine(machine, host)) {
      throw new OperatorError(
        `The workers on ${host} and ${machine} have the same AgentId ${agentId}: one machine is a copy of the other`,
        `Take the key AgentId out of WorkerSettings.config on ${host}, restart its worker service so that it gets one of its own, then retry.`,
      );
    }
    return [
      ...(isOnline
        ? []
        : [`The worker on ${host} (${agentId}) has not reported for more than ${FRESH_SECONDS} seconds`]),
      ...(enabled ? [] : [`The worker on ${host} (${agentId}) is disabled`]),
    ];
  },
  facts: ({ enabled: isEnabled, isOnline }, { host }) => [{ about: 'intake', of: host, isEnabled, isOnline }],
  notes: (_seen, { host, others, nodesOnly }) => [
    ...(others === 0 ? [`${host} is the only worker: with it gone, no package runs`] : []),
    ...(nodesOnly ? ['All workers run on Master nodes: a node that is lost takes its worker along'] : []),
  ],

  async apply(ports, { host, replicas }, { before }) {
    const { agentId, isOnline, enabled } = before;
    if (agentId === null) {
      throw new TransientError(
        `WorkerSettings.config on ${host} holds no AgentId: restart its worker service, which makes one`,
        'busy',
      );
    }
    if (!isOnline) {
      throw new TransientError(
        `The worker on ${host} does not reach the Master: see its log (AppData\\Local\\SSIS\\ScaleOut\\Agent of its account) for 403, trust or name errors`,
        'busy',
      );
    }
    if (enabled) return;
    await ports.sql.run('resumeWorker', { id: agentId }, await homeTarget(ports, replicas));
  },
  undo: {
    async auto(ports, { host, replicas }, { before }) {
      if (before.enabled || before.agentId === null) return;
      const { agentId } = before;
      const target = await homeTarget(ports, replicas);
      const { agents } = await ports.sql.run('getWorkerAgents', { freshSeconds: FRESH_SECONDS }, target);
      if (agents?.some(({ id, enabled }) => id === agentId && enabled))
        await disableWorker(ports, { host, agentId, target });
    },
    residue: ['the row of the worker in catalog.worker_agents, disabled'],
  },
});
