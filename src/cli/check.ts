import type { Command } from 'commander';
import { counted } from '../present/style.ts';
import { examples, type AddCommand } from './command.ts';
import { MISUSED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha check`: all faults of a site file at once, without any server. */
export const addCheck: AddCommand = (program) => {
  const command = program
    .command('check')
    .summary('tell all faults of a site file')
    .description('Tells all faults of a site file, each with its line. Needs no server, and reaches no host.')
    .argument('<SITE>', 'the site file')
    .action(async (site: string, _options: unknown, self: Command) => check(site, faceOf(self)));
  examples(command, 'ssis-ha check site.yaml', 'ssis-ha check site.yaml --json');
};

async function check(path: string, face: Face): Promise<void> {
  const { examineSiteFile, inOneLine } = await import('../site-file.ts');
  const { faults, warnings } = examineSiteFile(path);
  if (faults.length > 0) process.exitCode = MISUSED;
  if (face.json) return face.printJson({ path, faults, warnings });
  face.print([
    ...faults.map((fault) => inOneLine(path, fault)),
    ...warnings.map((warning) => `${inOneLine(path, warning)} (warning)`),
    faults.length > 0
      ? `${counted(faults.length, 'fault')}. Correct them, then look again: ${face.style.command(`check ${path}`)}`
      : `No fault, ${counted(warnings.length, 'warning')}. Next, see the plan: ${face.style.command(`plan ${path}`)}`,
  ]);
}
