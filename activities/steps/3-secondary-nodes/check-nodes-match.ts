import { z } from 'zod';
import { firstNode } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Replicas must be interchangeable: the same build and collation, and an edition that has a Scale Out Master.
 * On another node SSISDB is as it should be when it is absent or a member of this group; anything else there
 * is somebody's catalog, and never dropped.
 *
 * Source: *AG prerequisites*, instances; *Editions*; domain facts, C5 and C8.
 */
export const checkNodesMatch = defineCheck({
  id: 'check-nodes-match',
  title: 'Check that the nodes are alike and free for the group',
  why: 'A replica that differs fails only when it is needed.',
  on: everyNode,
  after: [
    'grant-master-account',
    'clear-exchange',
    { sameHost: 'create-master-login' },
    { sameHost: 'set-server-memory' },
    { sameHost: 'hold-master-service' },
  ],
  takes: (site, host) => ({
    host,
    isFirst: firstNode(site).name === host,
    build: site.product.build,
    collation: site.instance.collation,
    group: site.availabilityGroup.name,
  }),

  observed: z.strictObject({
    version: z.string(),
    edition: z.string(),
    engineEdition: z.number(),
    collation: z.string(),
    state: z.string().nullable(),
    group: z.string().nullable(),
  }),
  async probe({ sql }) {
    const { version, edition, engineEdition, collation } = await sql.run('getInstance', {});
    const { state, group } = await sql.run('getCatalogPlace', {});
    return { version, edition, engineEdition, collation, state, group };
  },
  shortfall: ({ version, edition, engineEdition, collation, state, group }, wanted) => [
    ...(version === wanted.build ? [] : [`The engine is of build ${version}, not ${wanted.build}`]),
    ...(engineEdition === ENTERPRISE ? [] : [`${edition} has no Scale Out Master`]),
    ...(collation === wanted.collation ? [] : [`The collation is ${collation}, not ${wanted.collation}`]),
    ...(group !== null && group.toLowerCase() !== wanted.group.toLowerCase()
      ? [`SSISDB belongs to the availability group ${group}, not to ${wanted.group}`]
      : []),
    ...(!wanted.isFirst && state !== null && group === null
      ? [`${wanted.host} has an SSISDB of its own (${state}), which is no member of ${wanted.group}`]
      : []),
  ],
  advice:
    'Bring the engine to what the site file says, or take the other SSISDB away after its owner has agreed, then retry.',
});

/** Enterprise, Developer and Evaluation, whatever they are called. Source: *SERVERPROPERTY*, EngineEdition. */
const ENTERPRISE = 3;
