import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { sameName } from '../../same-name.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Until the clustered role owns it, the Scale Out Master runs nowhere: setup leaves it running, against an
 * engine of its own that may have no SSISDB, and two Masters at one SSISDB are not known to be safe. Manual,
 * never Disabled: the cluster could not start it then. Once there is a role, it runs on the owner alone: monitoring
 * and policies like to start it elsewhere.
 *
 * Source: *HA*, steps 3 and 7; *Generic Service*, start type; domain facts, step 3.
 */
export const holdMasterService = defineChange({
  id: 'hold-master-service',
  title: 'Keep the Scale Out Master stopped until the cluster runs it',
  why: 'One Master at a time, and the right one.',
  on: everyNode,
  after: [{ sameHost: 'install-on-primary' }, { sameHost: 'install-on-secondary' }],
  patience: { applyMinutes: 5, settleMinutes: 3 },
  takes: (site, host) => ({
    host,
    service: `SSISScaleOutMaster${versionSuffix(site)}`,
    suffix: versionSuffix(site),
  }),

  observed: z.strictObject({
    startMode: z.string(),
    isRunning: z.boolean(),
    /** The node on which the clustered role runs it; null while there is no role. */
    owner: z.string().nullable(),
  }),
  async probe({ powershell }, { service, suffix }) {
    const found = await powershell.run('getHeldService', { name: service });
    if (found.service === null) throw notInstalled(service);
    const { cluster } = await powershell.run('getCluster', {});
    if (cluster === null) return { ...found.service, owner: null };
    const { role } = await powershell.run('getMasterRole', { suffix, nodes: [] });
    return { ...found.service, owner: role?.owner ?? null };
  },
  shortfall: ({ startMode, isRunning, owner }, { host, service }) => [
    ...(startMode === 'Manual' ? [] : [`${service} has start type ${startMode} on ${host}, not Manual`]),
    ...(isRunning && owner === null ? [`${service} runs on ${host}, though no clustered role owns it`] : []),
    ...(isRunning && owner !== null && !sameName(owner, host)
      ? [`${service} runs on ${host}, though the clustered role runs on ${owner}`]
      : []),
  ],

  async apply({ powershell }, { host, service }, { before }) {
    const running = before.isRunning && before.owner !== null && sameName(before.owner, host);
    await powershell.run('setHeldService', { name: service, startMode: 'Manual', running });
  },
  undo: {
    async auto({ powershell }, { service }, { before }) {
      const { service: now } = await powershell.run('getHeldService', { name: service });
      if (now === null || (now.startMode === before.startMode && now.isRunning === before.isRunning)) return;
      const startMode = START_MODES.find((known) => known === before.startMode) ?? 'Manual';
      await powershell.run('setHeldService', { name: service, startMode, running: before.isRunning });
    },
  },
});

const START_MODES = ['Automatic', 'Manual', 'Disabled'] as const;

function notInstalled(service: string): OperatorError {
  return new OperatorError(
    `The service ${service} is not installed`,
    'Let the step that installs it come first, then retry.',
  );
}
