import { closest } from '../../activities/closest.ts';
import type { Path } from '../../activities/site-sketch.ts';
import { keysAt } from './site-schema.ts';

/** The key that was probably meant: known in this place, and not used there yet. */
export function closestKey(parent: Path, key: string, used: readonly string[]): string | null {
  return closest(
    key,
    keysAt(parent).filter((known) => !used.includes(known)),
  );
}
