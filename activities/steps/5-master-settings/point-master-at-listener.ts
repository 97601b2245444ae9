import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * One value of a file, and nothing else in it: other keys, their order, encoding and line ends are the
 * product's. The listener is named with its port, since a Master that finds none goes to 1433. Settings act
 * when the service starts: before there is a role it is the role that starts it; after that the cluster must
 * stop and start it, or it goes on with what it has read.
 *
 * The page says neither that the service must start anew nor that the brackets of its example are
 * placeholders, one of which newer editions have lost.
 *
 * Source: *HA*, step 5; *Master*, Configure SQL Server Integration Services Scale Out Master service; *Generic Service*.
 */
export const pointMasterAtListener = defineChange({
  id: 'point-master-at-listener',
  title: 'Point the Master at the listener',
  why: 'A Master that names one instance loses SSISDB with the first failover.',
  on: everyNode,
  patience: { applyMinutes: 10, settleMinutes: 5 },
  interrupts: ['workers'],
  takes(site, host) {
    const { name, port } = site.availabilityGroup.listener;
    return {
      host,
      suffix: versionSuffix(site),
      instance: site.instance.name,
      server: `${fullName(name, site)},${port}`,
      shortServer: `${name},${port}`,
    };
  },

  observed: z.strictObject({
    path: z.string().nullable(),
    isJson: z.boolean(),
    server: z.string().nullable(),
    isRunning: z.boolean(),
    readsOlderFile: z.boolean(),
  }),
  async probe({ powershell }, { suffix }) {
    const { settings, isRunning, readsOlderFile } = await powershell.run('getMasterSettings', { suffix });
    return {
      path: settings?.path ?? null,
      isJson: settings?.isJson ?? false,
      server: settings?.server ?? null,
      isRunning,
      readsOlderFile,
    };
  },
  shortfall(observed, input) {
    const { path, server, readsOlderFile } = observed;
    if (path === null) return [`There is no MasterSettings.config on ${input.host}`];
    const asItSays = server === null ? 'names no server' : `names ${server} as its server`;
    return [
      ...(isListener(server, input) ? [] : [`${path} ${asItSays}, not ${input.server}`]),
      ...(readsOlderFile ? [`The Master that runs on ${input.host} has not read ${path} as it is now`] : []),
    ];
  },
  gate(observed, input) {
    const { server, isRunning } = observed;
    const isForeign = server !== null && !isListener(server, input) && !isOwnEngine(server, input);
    const questions = [
      ...(isForeign
        ? [
            `Change the server of the Master on ${input.host} from ${server} to ${input.server}? Setup has not written ${server}: somebody chose it.`,
          ]
        : []),
      ...(isRunning
        ? [
            `Stop the Master that runs on ${input.host}? Where the clustered role owns it, it starts again at once; else the role will start it. Workers find no work meanwhile.`,
          ]
        : []),
    ];
    return questions.length === 0 ? null : questions.join(' ');
  },

  async apply({ powershell }, input, { before, runId }) {
    const { suffix, server } = input;
    if (before.path === null) throw noFile(input.host);
    if (!before.isJson || before.server === null) throw notReadable(before.path);
    if (!isListener(before.server, input)) {
      await powershell.run('setMasterServer', { suffix, server, stamp: stampOf(runId) });
    }
    const { readsOlderFile } = await powershell.run('getMasterSettings', { suffix });
    if (readsOlderFile) await powershell.run('restartMaster', { suffix });
  },
  undo: {
    async auto({ powershell }, input, { before, runId }) {
      const { suffix, server } = input;
      if (before.path === null || isListener(before.server, input)) return;
      await powershell.run('restoreMasterServer', { suffix, server, stamp: stampOf(runId) });
      const { readsOlderFile } = await powershell.run('getMasterSettings', { suffix });
      if (readsOlderFile) await powershell.run('restartMaster', { suffix });
    },
    residue: ['executions that were started meanwhile'],
  },
});

interface Wanted {
  readonly host: string;
  readonly instance: string;
  readonly server: string;
  readonly shortServer: string;
}

/** The listener's short name leads to the same place; names know no case. */
function isListener(server: string | null, { server: full, shortServer }: Wanted): boolean {
  const said = server?.replaceAll(' ', '').toLowerCase();
  return said === full || said === shortServer.toLowerCase();
}

/** What setup writes: the engine that it has installed beside the Master. */
function isOwnEngine(server: string, { host, instance }: Wanted): boolean {
  const [name = '', named = 'MSSQLSERVER'] = server.toLowerCase().split('\\');
  const [short = ''] = name.split('.');
  const isHere = [host.toLowerCase(), 'localhost', '(local)'].includes(short) || name === '.';
  return isHere && named.toLowerCase() === instance.toLowerCase();
}

/** Names the file that is kept of what this run has found. */
function stampOf(runId: string): string {
  return `ssis-ha-${runId}`;
}

function noFile(host: string): OperatorError {
  return new OperatorError(
    `There is no MasterSettings.config on ${host}`,
    'Install the Scale Out Master there (chapters 2 and 3), then retry.',
  );
}

function notReadable(path: string): OperatorError {
  return new OperatorError(
    `${path} is no JSON object with a text SqlServerName`,
    'Mend it by hand, or repair the installation of the Scale Out Master, then retry.',
  );
}
