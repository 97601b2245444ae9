import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Made once, on the first node alone, by the object model of Integration Services: it restores the product's
 * own backup, makes the master key from the site's password, trusts the assembly, and makes the startup
 * procedure, the clean-up login and the maintenance job. The other nodes get SSISDB through the group.
 *
 * Source: *SSIS Catalog*, create the catalog with Windows PowerShell; text of the catalog's creation script.
 */
export const createSsisdb = defineChange({
  id: 'create-ssisdb',
  title: 'Create the catalog SSISDB',
  why: 'It holds projects, executions and the tasks of Scale Out.',
  on: theFirstNode,
  repeat: 'once',
  kinds: ['drop-database'],
  patience: { applyMinutes: 15, settleMinutes: 5 },
  takes: (site) => ({
    home: { ...replicasOf(site) },
    instance: site.instance.name,
    major: Number(versionSuffix(site)) / 10,
    group: site.availabilityGroup.name,
    password: site.catalog.masterKeyPassword,
  }),

  observed: z.strictObject({ state: z.string().nullable(), projects: z.number().nullable() }),
  async probe(ports, { home, group }) {
    const target = await catalogHome(ports, home);
    const { state } = await ports.sql.run('getCatalogPlace', {}, target);
    if (state === null) {
      const { cluster } = await ports.powershell.run('getCluster', {});
      if (cluster?.groups.some(({ name }) => name.toLowerCase() === group.toLowerCase()))
        throw isElsewhere(group);
    }
    const { catalog } = await ports.sql.run('getCatalog', {}, target);
    return { state, projects: catalog?.projects ?? null };
  },
  shortfall({ state }) {
    if (state === null) return ['There is no SSISDB'];
    return state === 'ONLINE' ? [] : [`SSISDB is ${state}`];
  },

  async apply({ powershell, secrets }, { instance, major, password }, { before }) {
    if (before.state !== null) {
      throw new OperatorError(
        `SSISDB is there, but ${before.state}`,
        'Bring it online, or restore it from its backup, then retry.',
      );
    }
    await powershell.run('createCatalog', { instance, major, password: await secrets.resolve(password) });
  },
  undo: {
    async asks(ports, { home }, { before }) {
      if (before.state !== null) return;
      const target = await catalogHome(ports, home);
      const { catalog } = await ports.sql.run('getCatalog', {}, target);
      if (catalog !== null && catalog.projects > 0) {
        throw new OperatorError(
          `SSISDB holds ${catalog.projects} projects by now and is not dropped`,
          'Skip this undo, or take the projects out of it, then retry.',
        );
      }
      await ports.sql.run('dropCatalog', {}, target);
    },
    residue: ['the logins that turning Scale Out on has made', 'the backup of the master key'],
  },
});

function isElsewhere(group: string): OperatorError {
  return new OperatorError(
    `The first node has no SSISDB, but the availability group ${group} is there`,
    'Join this node to the group again, so that it gets SSISDB from there, then retry.',
  );
}
