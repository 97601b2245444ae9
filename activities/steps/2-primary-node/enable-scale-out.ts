import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

const observed = z.strictObject({
  catalogIsThere: z.boolean(),
  enabled: z.boolean(),
  isSysadmin: z.boolean(),
  masterVersion: z.string().nullable(),
  serverName: z.string(),
  machine: z.string(),
  logSessions: z.boolean(),
});

/**
 * Once only: the product's procedure drops and recreates the log login, so a second run changes its SID and
 * password and cuts off every worker that chapter 6 has set up. It also breaks logging before it can fail: so
 * everything that can make it fail is looked at first, and again in the session that calls it.
 *
 * Source: SSISDB, text of `catalog.enable_scaleout`. The written procedure does not mention it; the catalog
 * dialog of Management Studio has a check box for it.
 */
export const enableScaleOut = defineChange({
  id: 'enable-scale-out',
  title: 'Enable Scale Out in the catalog',
  why: 'Until then the Master finds no settings in SSISDB and never connects.',
  on: theFirstNode,
  repeat: 'once',
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({ home: { ...replicasOf(site) }, suffix: versionSuffix(site) }),
  gate: 'Turn Scale Out on in the catalog? It cannot be turned off again.',

  observed,
  async probe(ports, { home, suffix }) {
    const target = await catalogHome(ports, home);
    const { logSessions, ...seen } = await ports.sql.run('getScaleOut', { suffix }, target);
    return { ...seen, logSessions: logSessions > 0 };
  },
  shortfall: ({ enabled }) => (enabled ? [] : ['Scale Out is off in SSISDB']),
  notes: (seen) => (seen.enabled ? [] : obstacles(seen)),

  async apply(ports, { home, suffix }, { before }) {
    const [obstacle] = obstacles(before);
    if (obstacle !== undefined) {
      throw new OperatorError(
        obstacle,
        'Remove that first, since a call that fails breaks the execution log, then retry.',
      );
    }
    await ports.sql.run('enableScaleOut', { suffix }, await catalogHome(ports, home));
  },
  undo: {
    kept: 'The product has no supported way to turn it off; drop SSISDB to start over.',
    residue: ['the log login with its random password', "the login of the Master's service"],
  },
});

function obstacles(seen: z.output<typeof observed>): string[] {
  return [
    ...(seen.catalogIsThere ? [] : ['There is no SSISDB that is online']),
    ...(seen.isSysadmin ? [] : ['The operator account is no member of sysadmin']),
    ...(seen.masterVersion === null ? ['No Scale Out Master is installed beside this engine'] : []),
    ...(seen.serverName === seen.machine
      ? []
      : [`@@SERVERNAME is ${seen.serverName}, but the server is ${seen.machine}`]),
    ...(seen.logSessions ? ['The log login has open sessions, so it could not be dropped'] : []),
  ];
}
