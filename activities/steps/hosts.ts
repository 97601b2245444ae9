import { firstNode, type Site } from '../site.ts';

/** One place where a step is performed. */
export interface Place {
  /** What stands behind the @ of the step's key. */
  readonly label: string;
  /** The host that performs it. */
  readonly host: string;
}

/** Names the places of a step on a given site. */
export type Placement = (site: Site) => readonly Place[];

/** Names the places that are held while a step runs on a host. */
export type Holding = (site: Site, host: string) => readonly Place[];

/** What may restart a node takes an engine with it, and the other nodes may need that one. */
export const everyNodeForANode: Holding = (site, host) =>
  site.nodes.some(({ name }) => name === host) ? everyNode(site) : [];

export const theFirstNode: Placement = (site) => [place(firstNode(site).name)];

export const everyNode: Placement = (site) => site.nodes.map((node) => place(node.name));

export const everyOtherNode: Placement = (site) =>
  site.nodes.filter((node) => node.name !== firstNode(site).name).map((node) => place(node.name));

export const everyWorker: Placement = (site) => site.workers.map((worker) => place(worker.name));

/**
 * Wherever SSISDB is primary. One planned step on the first node's queue; its scripts ask who is primary,
 * since a failover may have come between plan and step.
 */
export const thePrimary: Placement = (site) => [{ label: 'primary', host: firstNode(site).name }];

/** Every machine once, also one that is node and worker. */
export const everyHost: Placement = (site) => {
  const names = [...site.nodes, ...site.workers].map((host) => host.name);
  const seen = new Set<string>();
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase())).map(place);
};

function place(host: string): Place {
  return { label: host, host };
}
