import type { Beginning } from './beginning.ts';
import { existingCluster } from './existing-cluster.ts';
import { existingInstance } from './existing-instance.ts';
import { existingSsisdb } from './existing-ssisdb.ts';

/** How an estate may be found, beside one whose machines are fresh: names are a promise. */
export const beginnings: readonly Beginning[] = [existingCluster, existingInstance, existingSsisdb];

/** Throws a RangeError where there is none of this name. */
export function beginningNamed(name: string): Beginning {
  const beginning = beginnings.find((candidate) => candidate.name === name);
  if (beginning) return beginning;
  throw new RangeError(`There is no estate ${name}: ${beginnings.map((one) => one.name).join(', ')}`);
}
