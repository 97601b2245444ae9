import { firstNode, type Site } from '../../site.ts';

/** Names of the nodes, the one where the cluster is made first. */
export function nodesFirstFirst(site: Site): string[] {
  const first = firstNode(site).name;
  return [first, ...site.nodes.map(({ name }) => name).filter((name) => name !== first)];
}
