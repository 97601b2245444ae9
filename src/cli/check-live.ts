import { findingsOf } from '../client/findings.ts';
import { presentFindings } from '../present.ts';
import { withClient } from './client-of.ts';
import { FAILED } from './exit-codes.ts';
import type { Face } from './face.ts';
import { lookAtHosts } from './preflight.ts';

/** `ssis-ha check --live`: what can be found on the real machines before anything is changed; changes nothing. */
export async function checkLive(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const file = readSiteFile(path);
  await withClient(face, async (client) => {
    const run = await lookAtHosts(client, file, face);
    if (run === null) return;
    const findings = findingsOf(run, file.site);
    if (findings.some(({ accepted }) => accepted === null)) process.exitCode = FAILED;
    if (face.json) return face.printJson({ path, runId: run.runId, findings });
    const looked = run.steps.filter(({ state }) => state !== 'pending');
    const hosts = new Set(looked.map(({ host }) => host)).size;
    face.print(presentFindings(findings, { looks: looked.length, hosts, siteFile: path }, face.style));
  });
}
