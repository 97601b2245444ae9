import type { Command } from 'commander';
import { presentEnding } from '../present.ts';
import { withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';

interface StartOptions {
  readonly watch?: boolean;
}

/** `ssis-ha start`: begins a run, or starts the runbook again on an estate that is there. */
export const addStart: AddCommand = (program) => {
  const command = program
    .command('start')
    .summary('start a run')
    .description('Starts a run of the site. Safe to repeat: steps that are in place are left alone.')
    .argument('<SITE>', 'the site file')
    .option('--watch', 'follow it')
    .action(async (site: string, options: StartOptions, self: Command) => start(site, options, faceOf(self)));
  examples(command, 'ssis-ha start site.yaml', 'ssis-ha start site.yaml --by CONTOSO\\\\dba-1 --watch');
};

async function start(path: string, { watch }: StartOptions, face: Face): Promise<void> {
  const { readSiteFile, inOneLine } = await import('../site-file.ts');
  const { site, request, warnings } = readSiteFile(path);
  for (const warning of warnings) face.narrate(`${inOneLine(path, warning)} (warning)`);
  await withClient(face, async (client) => {
    const ref = await client.start({ site: site.site, request, mode: 'perform', by: face.by });
    const started = `Started ${ref.workflowId}, run ${ref.runId}, by ${face.by}.`;
    if (!watch) {
      if (face.json) face.printJson({ ...ref, site: site.site, mode: 'perform', startedBy: face.by });
      else face.print([started, `To follow it: ${face.style.command(`watch ${site.site}`)}`]);
      return;
    }
    face.narrate(started);
    const run = await follow(client, ref, face, { untilWaiting: false });
    if (run === null) return;
    process.exitCode = EXIT_CODES[run.state];
    if (!face.json && run.endedAt !== null) face.print(presentEnding(run, face.style));
  });
}
