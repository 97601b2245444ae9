import type { Command } from 'commander';
import type { RunClient, ShownRun } from '../client.ts';
import { restartLedger } from '../client/restart-ledger.ts';
import { OperatorError } from '../failures.ts';
import { presentRestarts } from '../present.ts';
import { withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { FAILED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha restarts`: what wants each host to restart, who accepts it, and how often the run restarted it. */
export const addRestarts: AddCommand = (program) => {
  const command = program
    .command('restarts')
    .summary('show what wants each host to restart')
    .description(
      'Looks at every host of a site and shows what wants it to restart: the source, and the key or file that says so; who accepts it until when; and how often the newest run restarted it. Changes nothing.',
    )
    .argument('<SITE>', 'the site file')
    .action(async (path: string, _options: unknown, self: Command) => showRestarts(path, faceOf(self)));
  examples(command, 'ssis-ha restarts site.yaml', 'ssis-ha restarts site.yaml --json');
};

async function showRestarts(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { lookAtHosts } = await import('./preflight.ts');
  const file = readSiteFile(path);
  const { site, restarts } = file.site;
  await withClient(face, async (client) => {
    const run = await lookAtHosts(client, file, face);
    if (run === null) return;
    const newest = await newestOf(client, site);
    const hosts = restartLedger(run, newest);
    if (
      hosts.some(({ wanted, unseen }) => unseen !== null || wanted.some(({ accepted }) => accepted === null))
    )
      process.exitCode = FAILED;
    if (face.json) face.printJson({ path, runId: newest?.runId ?? null, perHost: restarts.perHost, hosts });
    else face.print(presentRestarts(hosts, restarts.perHost, face.style));
  });
}

/** Null where the site has never been run. */
async function newestOf(client: RunClient, site: string): Promise<ShownRun | null> {
  try {
    const { run } = await client.look(await client.find(`ssis-ha/${site}`));
    return run.mode === 'perform' ? run : null;
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}
