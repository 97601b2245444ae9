import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Until the clustered role owns it, the Scale Out Master runs nowhere: setup leaves it running, against an
 * engine of its own that may have no SSISDB, and two Masters at one SSISDB are not known to be safe. Manual,
 * never Disabled: the cluster could not start it then. Once there is a role, only the start type counts.
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
  takes: (site) => ({
    service: `SSISScaleOutMaster${versionSuffix(site)}`,
    role: site.scaleOutMaster.name,
  }),

  observed: z.strictObject({ startMode: z.string(), isRunning: z.boolean(), roleExists: z.boolean() }),
  async probe({ powershell }, { service, role }) {
    const found = await powershell.run('getHeldService', { name: service });
    if (found.service === null) throw notInstalled(service);
    const { cluster } = await powershell.run('getCluster', {});
    const roleExists = cluster?.groups.some(({ name }) => name.toLowerCase() === role.toLowerCase()) ?? false;
    return { ...found.service, roleExists };
  },
  shortfall: ({ startMode, isRunning, roleExists }, { service }) => [
    ...(startMode === 'Manual' ? [] : [`${service} has start type ${startMode}, not Manual`]),
    ...(isRunning && !roleExists ? [`${service} runs, though no clustered role owns it`] : []),
  ],

  async apply({ powershell }, { service }, { before }) {
    const running = before.isRunning && before.roleExists;
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
