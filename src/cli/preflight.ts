import type { RunClient, ShownRun } from '../client.ts';
import type { SiteFile } from '../site-file.ts';
import type { Face } from './face.ts';
import { follow } from './follow.ts';

const PREFLIGHT = 0;

/**
 * Lets all hosts of a site be looked at, and changes nothing: a rehearsal that ends with chapter 0. Null when
 * somebody left it before its end.
 */
export async function lookAtHosts(
  client: RunClient,
  { site, request }: Pick<SiteFile, 'site' | 'request'>,
  face: Face,
): Promise<ShownRun | null> {
  const ref = await client.start({
    site: site.site,
    request,
    mode: 'rehearse',
    by: face.by,
    until: PREFLIGHT,
  });
  const quiet = { ...face, json: false, isTerminal: face.isTerminal && !face.json, print: () => undefined };
  const run = await follow(client, ref, quiet, { untilWaiting: false });
  return run?.endedAt ? run : null;
}
