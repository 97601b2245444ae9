import { packageEffect } from './model/package-end.ts';
import { setupEffect } from './model/setup.ts';
import type { Effect } from './model/time.ts';
import type { Sealer } from './sealed.ts';

/** What each kind of process does to its host when it is due. */
export function effectsWith(sealer: Sealer): Readonly<Record<string, Effect>> {
  return { package: packageEffect(sealer), setup: setupEffect(sealer) };
}
