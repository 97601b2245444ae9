import type { Command } from 'commander';
import type { SiteFault } from '../site-file/site-fault.ts';
import { presentPlace } from '../present/faults.ts';
import { counted } from '../present/measures.ts';
import { examples, type AddCommand } from './command.ts';
import { MISUSED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha check`: all faults of a site file at once, without any server. */
export const addCheck: AddCommand = (program) => {
  const command = program
    .command('check')
    .summary('tell all faults of a site file')
    .description(
      'Tells all faults of a site file, each at its line and column. Needs no server, and reaches no host. A line on which a secret may stand is never shown.',
    )
    .argument('<SITE>', 'the site file')
    .option('--live', 'look at the real machines as well: all that preflight finds, nothing is changed')
    .action(async (site: string, options: { readonly live?: true }, self: Command) => {
      if (options.live !== true) return check(site, faceOf(self));
      const { checkLive } = await import('./check-live.ts');
      return checkLive(site, faceOf(self));
    });
  examples(
    command,
    'ssis-ha check site.yaml',
    'ssis-ha check site.yaml --json',
    'ssis-ha check --live site.yaml',
  );
};

async function check(path: string, face: Face): Promise<void> {
  const { examineSiteFile, inOneLine } = await import('../site-file.ts');
  const { faults, warnings } = examineSiteFile(path);
  if (faults.length > 0) process.exitCode = MISUSED;
  if (face.json) return face.printJson({ path, faults, warnings });
  const told = (fault: SiteFault, next: SiteFault | undefined, end = ''): readonly string[] => [
    `${inOneLine(path, fault)}${end}`,
    ...(isSamePlace(fault, next) ? [] : presentPlace(fault, face.style)),
  ];
  face.print([
    ...faults.flatMap((fault, at) => told(fault, faults[at + 1])),
    ...warnings.flatMap((warning, at) => told(warning, warnings[at + 1], ' (warning)')),
    faults.length > 0
      ? `${counted(faults.length, 'fault')}. Correct them, then look again: ${face.style.command(`check ${path}`)}`
      : `No fault, ${counted(warnings.length, 'warning')}. Next, see the plan: ${face.style.command(`plan ${path}`)}`,
  ]);
}

/** What is wrong in one place is told together, above its line. */
function isSamePlace(fault: SiteFault, next: SiteFault | undefined): boolean {
  return next?.line === fault.line && next.column === fault.column && next.text === fault.text;
}
