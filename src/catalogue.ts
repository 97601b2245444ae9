import { powershellScripts, sqlScripts } from '../activities/scripts/index.ts';

/** A script of the catalogue, as `ssis-ha lab scripts` tells it. */
export interface CatalogueEntry {
  readonly name: string;
  /** `once`: a step that may run only once changes something with it. */
  readonly repeat: 'once' | null;
}

/** Every script that the procedure may run, by name. */
export function catalogueOfScripts(): readonly CatalogueEntry[] {
  return Object.entries({ ...powershellScripts, ...sqlScripts })
    .map(([name, { repeat }]) => ({ name, repeat }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
