import type { Warning } from '../../workflows/contract.ts';
import type { Site } from '../site.ts';
import { warning } from './define-foresight.ts';

/**
 * How an update is kept from SSISDB while it is in a group: its upgrade scripts want the database for themselves,
 * and an engine that cannot run them does not start (912, 3417).
 *
 * Source: domain facts, *Step 11*; *SSISDB in an availability group*, upgrading.
 */
export function keepUpdatesOut(group: string): string {
  return `Before a cumulative update is installed, take SSISDB out of ${group} and drop its copies on the other nodes; update every node and worker and name the new build in the site file; then start a run, which seeds and joins them again.`;
}

/** What is installed, part by part, against the build that the site file names. */
export function buildWarnings(
  builds: Readonly<Record<string, string | null>>,
  { host, build }: { readonly host: string; readonly build: string },
): Warning[] {
  return Object.entries(builds).flatMap(([part, found]) =>
    found === null || found === build
      ? []
      : [
          warning(
            host,
            `${part} on ${host} is of build ${found}, the site file says ${build}`,
            'Bring all nodes and workers to one build and name it in product.build of the site file: replicas and workers of different builds are not described together.',
          ),
        ],
  );
}

/** Updates of SQL Server that lie ready for this machine. */
export function updateWarnings(
  updates: readonly string[],
  { host, group }: { readonly host: string; readonly group: string },
): Warning[] {
  return updates.map((title) => warning(host, `${title} waits on ${host}`, keepUpdatesOut(group)));
}

export function takesUpdates(site: Site) {
  const { media, updates, build } = site.product;
  return { media, updates, build, group: site.availabilityGroup.name };
}

/** Whether one build is newer than another: 16.0.4175.1 than 16.0.4165.4. */
export function isNewer(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map((build) => build.split('.').map(Number));
  const at = ours?.findIndex((part, index) => part !== theirs?.[index]) ?? -1;
  return at !== -1 && (ours?.[at] ?? 0) > (theirs?.[at] ?? 0);
}
