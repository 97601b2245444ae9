/**
 * The estate without what is marked as staying behind, what only counts or tells the time, and what the steps
 * that were kept have made.
 */
export function withoutResidue(estate: unknown, kept: ReadonlySet<string> = new Set()): unknown {
  return JSON.parse(JSON.stringify(estate), (name, value: unknown) => {
    if (ALWAYS_MOVING.has(name)) return undefined;
    if (kept.has('install-clustering-feature') && KEPT_BY_THE_FEATURE.has(name)) return undefined;
    if (Array.isArray(value)) return value.filter((item) => !isResidue(item));
    return isResidue(value) ? undefined : value;
  });
}

const ALWAYS_MOVING: ReadonlySet<string> = new Set(['nextId', 'startedAt', 'bootId']);
const KEPT_BY_THE_FEATURE: ReadonlySet<string> = new Set(['features']);

function isResidue(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'residue' in value;
}
