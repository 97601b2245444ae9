import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { homeTarget, replicasOf } from '../../primary.ts';
import { evidenceOf, PROBE, standingOf } from '../../proof/evidence.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { isMachine } from '../../worker/client-certificate.ts';
import { everyWorker } from '../hosts.ts';

/**
 * The central promise: a package runs on this very worker, and its messages reach SSISDB. Each run proves it anew,
 * by an execution that carries the run's id. Started asynchronously, since a caller that waits inside the catalog
 * keeps the group from failing over, and without a second try, which would hide a fault.
 *
 * Source: *catalog.create_execution*, *catalog.add_execution_worker*; domain facts, *Step 10*, D0.
 */
export const proveWorker = defineChange({
  id: 'prove-worker',
  title: 'Run the probe package on the worker',
  why: 'Every part may look right and no package run: this shows that one does.',
  on: everyWorker,
  after: ['deploy-probe-package', { sameHost: 'check-worker-truth' }],
  patience: { applyMinutes: 10, settleMinutes: 15 },
  takes: (site, host) => ({ host, suffix: versionSuffix(site), replicas: { ...replicasOf(site) } }),

  observed: z.strictObject({
    agentId: z.string().nullable(),
    standing: z.enum(['missing', 'running', 'quiet', 'good']),
    ranOn: z.string().nullable(),
  }),
  async probe(ports, { host, suffix, replicas }, { runId, tries }) {
    const { worker } = await ports.powershell.run('getWorker', { suffix });
    const target = await homeTarget(ports, replicas);
    const prefix = prefixOf(runId, host);
    const { proofs } = await ports.sql.run('getProofs', { ...PROBE, prefix, waitSeconds: 0 }, target);
    const own = proofs ?? [];
    return {
      agentId: worker?.settings?.agentId?.toLowerCase() || null,
      standing: standingOf(own, tries, host),
      ranOn: own.findLast(({ messages }) => messages > 0)?.worker ?? null,
    };
  },
  shortfall({ agentId, standing, ranOn }, { host }) {
    if (agentId === null) return [`There is no Scale Out Worker on ${host} to prove`];
    if (standing === 'missing') return [`No package has run on ${host} in this run`];
    if (standing === 'running') return [`The probe package is running or waits for ${host}`];
    if (standing === 'quiet') {
      return [
        `The probe package has succeeded on ${host}, but none of its messages has reached SSISDB: see the log login, its SID and password, and restart the worker service if they changed since it started`,
      ];
    }
    return ranOn === null || isMachine(ranOn, host)
      ? []
      : [`The probe package meant for ${host} ran on ${ranOn}`];
  },

  async apply(ports, { host, replicas }, { before, runId, tries }) {
    if (before.standing !== 'missing') return;
    if (before.agentId === null) {
      throw new OperatorError(
        `There is no Scale Out Worker on ${host}`,
        'Perform chapter 9 first, then retry.',
      );
    }
    const evidence = evidenceOf(prefixOf(runId, host), tries);
    const target = await homeTarget(ports, replicas);
    await ports.sql.run('startProof', { ...PROBE, evidence, agentId: before.agentId }, target);
  },
  undo: {
    async auto(ports, { host, replicas }, { runId }) {
      const target = await homeTarget(ports, replicas);
      const prefix = prefixOf(runId, host);
      const { proofs } = await ports.sql.run('getProofs', { ...PROBE, prefix, waitSeconds: 0 }, target);
      const isUnderWay = proofs?.some(({ status }) => status === 2 || status === 5) ?? false;
      if (isUnderWay) await ports.sql.run('stopProof', { ...PROBE, prefix }, target);
    },
    leavesEvidence: true,
    residue: ['the executions of the probe package in the history of SSISDB'],
  },
});

function prefixOf(runId: string, host: string): string {
  return `${runId}/prove-worker/${host}/`;
}
