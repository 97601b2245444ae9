import type { Fact } from '../workflows/contract.ts';

/* What several steps tell of the estate in the same way. */

/** Where the two units are that fail over by themselves. */
export function placeFacts(
  { role, primary }: { readonly role: string; readonly primary: string },
  { name, group }: { readonly name: string; readonly group: string },
): readonly Fact[] {
  return [
    { about: 'role', of: name, owner: role, state: null },
    { about: 'primary', of: group, at: primary },
  ];
}

export interface QuorumNode {
  readonly name: string;
  readonly state: string;
  readonly votes: number;
}

/** Source: *Get-ClusterNode*, State and NodeWeight. */
export function quorumFacts(nodes: readonly QuorumNode[]): readonly Fact[] {
  return nodes.flatMap(({ name, state, votes }): readonly Fact[] => [
    { about: 'node', of: name, state },
    { about: 'vote', of: name, votes },
  ]);
}

/** The machine of an instance, which may be a named one. */
export function machineOf(server: string): string {
  return server.split('\\')[0] ?? server;
}
