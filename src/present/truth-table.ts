import type { GridCell } from '../client/verification.ts';

/* The grid of what must agree, before it is drawn: in a terminal, or on a page. */

/** Places that hold the same everywhere share one column, so that forty workers fit beside one that differs. */
export interface Column {
  readonly names: readonly string[];
  readonly cells: ReadonlyMap<string, GridCell>;
}

export interface Row {
  readonly place: string;
  readonly label: string;
}

export function rowsOf(cells: readonly GridCell[]): readonly Row[] {
  const titles = new Map(cells.map(({ place, number, title }) => [place, `${number} ${title}`]));
  return [...titles].map(([place, label]) => ({ place, label }));
}

export function columnsOf(cells: readonly GridCell[]): readonly Column[] {
  const columns = new Map<string, { names: string[]; cells: Map<string, GridCell> }>();
  for (const where of new Set(['cluster', 'primary', ...cells.map((cell) => cell.where)])) {
    const own = cells.filter((cell) => cell.where === where);
    if (own.length === 0) continue;
    const alike = JSON.stringify(own.map(({ place, value, state }) => [place, value, state]));
    const known = columns.get(alike);
    if (known) known.names.push(where);
    else columns.set(alike, { names: [where], cells: new Map(own.map((cell) => [cell.place, cell])) });
  }
  return [...columns.values()];
}

export function headOf({ names }: Column): string {
  return names.length <= 3 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`;
}

/** Names are shown without the domain of the site: they are long enough, and the sentences beneath have them whole. */
export function withoutDomain(cells: readonly GridCell[]): readonly GridCell[] {
  const master = cells.find(({ place }) => place === 'master-address')?.wanted ?? '';
  const [, domain] = /^https:\/\/[^.]+(\.[^:]+):/.exec(master) ?? [];
  if (domain === undefined) return cells;
  return cells.map((cell) => ({ ...cell, value: cell.value?.replaceAll(domain, '') ?? null }));
}

/** A thumbprint is told apart by its beginning, and every address here is one of HTTPS. */
export function shortened(value: string | null): string {
  if (value === null) return 'not set';
  if (/^[0-9A-F]{40}$/.test(value)) return `${value.slice(0, 8)}…`;
  return value.replace(/^https:\/\//, '');
}
