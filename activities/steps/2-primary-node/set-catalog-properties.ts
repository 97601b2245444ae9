import { z } from 'zod';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { OperatorError } from '../../failures.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Owner, and how much history SSISDB keeps. It belongs to sa, so that a person's leaving breaks nothing.
 * Where it holds projects already a person is asked: a shorter window lets the nightly job delete history.
 * DEFAULT_EXECUTION_MODE is looked at by a check and never changed.
 *
 * Source: *catalog.configure_catalog*, RETENTION_WINDOW and MAX_PROJECT_VERSIONS; domain facts, C7 and C12.
 */
export const setCatalogProperties = defineChange({
  id: 'set-catalog-properties',
  title: 'Set owner and history of SSISDB',
  why: 'A year of history, the default, fills the disk; a person as its owner may leave.',
  on: theFirstNode,
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({
    home: { ...replicasOf(site) },
    wanted: {
      RETENTION_WINDOW: String(site.catalog.retentionDays),
      MAX_PROJECT_VERSIONS: String(site.catalog.maxProjectVersions),
    },
  }),

  observed: z.strictObject({
    owner: z.string().nullable(),
    ownedBySa: z.boolean(),
    projects: z.number(),
    properties: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
  }),
  async probe(ports, { home, wanted }) {
    const { catalog } = await ports.sql.run('getCatalog', {}, await catalogHome(ports, home));
    if (catalog === null) throw notReadable();
    const { owner, ownedBySa, projects, properties } = catalog;
    return { owner, ownedBySa, projects, properties: properties.filter(({ name }) => name in wanted) };
  },
  shortfall: ({ owner, ownedBySa, properties }, { wanted }) => [
    ...(ownedBySa ? [] : [`SSISDB belongs to ${owner ?? 'nobody that is known'}, not to sa`]),
    ...Object.entries(wanted).flatMap(([name, value]) => {
      const now = properties.find((property) => property.name === name)?.value ?? null;
      return now === value ? [] : [`${name} is ${now ?? 'not set'}, not ${value}`];
    }),
  ],
  gate: ({ projects }) =>
    projects === 0
      ? null
      : `Change owner and history of SSISDB, which holds ${projects} projects? A shorter window deletes history.`,

  async apply(ports, { home, wanted }, { before }) {
    const target = await catalogHome(ports, home);
    if (!before.ownedBySa) await ports.sql.run('setCatalogOwner', { owner: null }, target);
    for (const [name, value] of Object.entries(wanted)) {
      const now = before.properties.find((property) => property.name === name)?.value;
      if (now !== value) await ports.sql.run('setCatalogProperty', { name, value }, target);
    }
  },
  undo: {
    async auto(ports, { home, wanted }, { before }) {
      const target = await catalogHome(ports, home);
      const { catalog } = await ports.sql.run('getCatalog', {}, target);
      if (catalog === null) return;
      for (const { name, value } of before.properties) {
        const now = catalog.properties.find((property) => property.name === name)?.value;
        if (value === null || now === value || !(name in wanted)) continue;
        await ports.sql.run('setCatalogProperty', { name, value }, target);
      }
      if (!before.ownedBySa && before.owner !== null && catalog.ownedBySa) {
        await ports.sql.run('setCatalogOwner', { owner: before.owner }, target);
      }
    },
    residue: ['history that the nightly job has deleted meanwhile'],
  },
});

function notReadable(): OperatorError {
  return new OperatorError('SSISDB is not there or cannot be read', 'Bring it online, then retry.');
}
