import { makePlan } from '../activities/plan.ts';
import { procedure } from '../activities/steps/index.ts';
import type { Plan } from '../workflows/contract.ts';
import { digestOfScripts } from './adapters/script-files.ts';
import { packageVersion } from './package-root.ts';
import type { SiteFile } from './site-file.ts';

/** The plan that a run of this build would make for the site: the same steps, and the same hash. */
export async function planFor({ request }: SiteFile): Promise<Plan> {
  return makePlan(procedure, request, { version: packageVersion, scripts: digestOfScripts() });
}
