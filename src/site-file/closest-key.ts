import type { Path } from '../../activities/site-sketch.ts';
import { keysAt } from './site-schema.ts';

const MOST_SLIPS = 2;

/** The key that was probably meant: known in this place, not used there yet, and at most two slips away. */
export function closestKey(parent: Path, key: string, used: readonly string[]): string | null {
  const candidates = keysAt(parent)
    .filter((known) => !used.includes(known))
    .map((known) => ({ known, slips: slipsBetween(known.toLowerCase(), key.toLowerCase()) }))
    .toSorted((one, other) => one.slips - other.slips);
  const [best] = candidates;
  return best && best.slips <= MOST_SLIPS ? best.known : null;
}

/** Letters to add, drop or change. Source: V. I. Levenshtein, 1966, the distance named after him. */
function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      const kept = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      line.push(Math.min(kept, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
