import type { Estate, Host } from './estate.ts';

/** A node that goes down: the others see it, and its groups move to one that is up. */
export function nodeGoesDown(estate: Estate, host: Host): void {
  const { cluster } = estate;
  const node = cluster?.nodes.find((candidate) => candidate.name === host.name);
  if (!cluster || !node) return;
  node.state = 'Down';
  const survivor = cluster.nodes.find((candidate) => candidate.state === 'Up');
  for (const group of Object.values(cluster.groups)) {
    if (group.owner !== host.name) continue;
    if (survivor) group.owner = survivor.name;
    else group.state = 'Offline';
  }
}

export function nodeComesUp(estate: Estate, host: Host): void {
  const node = estate.cluster?.nodes.find((candidate) => candidate.name === host.name);
  if (node?.state === 'Down') node.state = 'Up';
}
