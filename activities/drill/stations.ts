/** Where the two units that fail over by themselves are: the Master's role and the primary of SSISDB. */
export interface Place {
  readonly role: string;
  readonly primary: string;
}

/** What a drill moves, and back again. */
export type DrillKind = 'role' | 'group' | 'crossed';

export interface Grounds {
  /** Nodes that may own the role, in the site's order. */
  readonly owners: readonly string[];
  /** Nodes whose copy of SSISDB is synchronous, in the site's order. */
  readonly replicas: readonly string[];
}

/**
 * The places that a drill proves one after another, from where everything is and back there: the role on every
 * other node, the primary on every other synchronous replica, or both crossed over two nodes and the other way
 * round.
 *
 * Source: domain facts, *Step 10*: D1, D2, D3 and D6.
 */
export function stationsOf(kind: DrillKind, home: Place, { owners, replicas }: Grounds): readonly Place[] {
  if (kind === 'role')
    return thereAndBack(
      home,
      others(owners, home.role).map((role) => ({ ...home, role })),
    );
  if (kind === 'group') {
    return thereAndBack(
      home,
      others(replicas, home.primary).map((primary) => ({ ...home, primary })),
    );
  }
  const [other] = others(replicas, home.primary).filter((node) => owners.includes(node));
  if (other === undefined || !owners.includes(home.primary)) return [];
  return thereAndBack(home, [
    { role: home.primary, primary: other },
    { role: other, primary: home.primary },
  ]);
}

export function isAt(place: Place, { role, primary }: Place): boolean {
  return place.role === role && place.primary === primary;
}

export function sayPlace({ role, primary }: Place): string {
  return `Master on ${role}, SSISDB primary on ${primary}`;
}

function thereAndBack(home: Place, away: readonly Place[]): readonly Place[] {
  return away.length === 0 ? [] : [home, ...away, home];
}

function others(nodes: readonly string[], one: string): string[] {
  return nodes.filter((node) => node !== one);
}
