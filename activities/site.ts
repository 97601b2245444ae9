import { z } from 'zod';
import { approvals, change, windows } from './site-change-control.ts';
import { accepted, drill, firewall, restarts, tls, verify } from './site-conduct.ts';
import { crossCheck } from './site-cross-checks.ts';
import { accounts, cluster, directory, instance, nodes, operator, product } from './site-estate.ts';
import { notify } from './site-notify.ts';
import { availabilityGroup, catalog, executionLog, scaleOutMaster, workers } from './site-services.ts';

/** Each part of the site file by itself: everything that differs from estate to estate. */
export const siteShape = z
  .strictObject({
    version: z.literal(1).describe('Version of the site file: 1.'),
    site: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not a site name: lower-case letters, digits, hyphens')
      .describe('Name of the site: its run is called ssis-ha/<site>. Never change it.'),
    environment: z
      .enum(['lab', 'test', 'production'])
      .describe(
        'lab: the simulated estate. test, production: real machines; production refuses approvals.selfApproval, tls.verify: false, NODE_POWERSHELL on an agent and answers that a program gives.',
      ),
    change,
    existingObjects: z
      .enum(['ask', 'refuse'])
      .default('ask')
      .describe('What the run did not make itself: ask before changing it, or refuse to. Default: ask.'),
    product,
    directory,
    operator,
    nodes,
    instance,
    accounts,
    cluster,
    availabilityGroup,
    catalog,
    executionLog,
    scaleOutMaster,
    workers,
    firewall,
    tls,
    approvals,
    accepted,
    windows,
    restarts,
    drill,
    verify,
    notify,
  })
  .describe('Site file of ssis-ha: everything that differs from estate to estate. No secret stands in it.');

/** The whole site file: its parts, and what only holds between them. */
export const siteSchema = siteShape.superRefine(crossCheck);

export type Site = z.output<typeof siteSchema>;

export function fullName(name: string, site: Site): string {
  return `${name}.${site.directory.domain}`.toLowerCase();
}

export function firstNode(site: Site): Site['nodes'][number] {
  const first = site.nodes.find((node) => node.first) ?? site.nodes[0];
  if (!first) throw new RangeError('The site has no nodes');
  return first;
}

/** The addresses of the cluster itself: none where its name stands for those of the nodes. */
export function clusterAddresses(site: Site): string[] {
  const { ip, otherIps } = site.cluster;
  return [...(ip === undefined ? [] : [ip]), ...otherIps];
}

/** Folder and service suffix of a version: 140, 150, 160. Source: domain facts, *Editions and versions*. */
export function versionSuffix(site: Site): string {
  return { 2017: '140', 2019: '150', 2022: '160' }[site.product.version];
}
