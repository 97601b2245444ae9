import type { ShownRun } from '../client.ts';
import { presentFindings } from '../present.ts';
import { withClient } from './client-of.ts';
import { FAILED } from './exit-codes.ts';
import type { Face } from './face.ts';
import { follow } from './follow.ts';

const PREFLIGHT = 0;

/** What preflight found on one host. */
interface Finding {
  readonly step: string;
  readonly host: string;
  readonly title: string;
  readonly message: string;
  readonly advice: string;
}

/** `ssis-ha check --live`: what can be found on the real machines before anything is changed; changes nothing. */
export async function checkLive(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site, request } = readSiteFile(path);
  await withClient(face, async (client) => {
    const ref = await client.start({
      site: site.site,
      request,
      mode: 'rehearse',
      by: face.by,
      until: PREFLIGHT,
    });
    const quiet = { ...face, json: false, isTerminal: face.isTerminal && !face.json, print: () => undefined };
    const run = await follow(client, ref, quiet, { untilWaiting: false });
    if (run === null || run.endedAt === null) return;
    const findings = findingsOf(run);
    if (findings.length > 0) process.exitCode = FAILED;
    if (face.json) face.printJson({ path, runId: run.runId, findings });
    else face.print(presentFindings(run, path, face.style));
  });
}

function findingsOf({ steps }: ShownRun): readonly Finding[] {
  const found = steps.filter(({ problem }) => problem !== null);
  return found.map(({ key, host, title, problem }) => ({
    step: key,
    host,
    title,
    message: problem?.message ?? '',
    advice: problem?.advice ?? '',
  }));
}
