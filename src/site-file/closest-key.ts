import { z } from 'zod';
import { siteShape } from '../../activities/site.ts';
import type { Path } from './yaml-text.ts';

const MOST_SLIPS = 2;

/** The key that was probably meant: known in this place, not used there yet, and at most two slips away. */
export function closestKey(parent: Path, key: string, used: readonly string[]): string | null {
  const candidates = keysAt(
    z.toJSONSchema(siteShape, { io: 'input', unrepresentable: 'any' }) as Shape,
    parent,
  )
    .filter((known) => !used.includes(known))
    .map((known) => ({ known, slips: slipsBetween(known.toLowerCase(), key.toLowerCase()) }))
    .toSorted((one, other) => one.slips - other.slips);
  const [best] = candidates;
  return best && best.slips <= MOST_SLIPS ? best.known : null;
}

/** As much of a JSON Schema as tells which keys a place knows. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

function keysAt(shape: Shape, path: Path): readonly string[] {
  let here = formsOf(shape);
  for (const part of path) {
    here = here.flatMap((form) => {
      const next = typeof part === 'number' ? form.items : form.properties?.[part];
      return next ? formsOf(next) : [];
    });
  }
  return here.flatMap((form) => Object.keys(form.properties ?? {}));
}

function formsOf(shape: Shape): readonly Shape[] {
  return [shape, ...(shape.anyOf ?? []), ...(shape.oneOf ?? [])];
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
