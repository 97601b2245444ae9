import { resolve } from 'node:path';
import type { Command } from 'commander';
import { OperatorError } from '../failures.ts';
import { counted } from '../present/measures.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

interface ByHandOptions {
  readonly output: string;
  readonly site?: string;
}

/** `ssis-ha by-hand`: what a run has left, as files for people. */
export const addByHand: AddCommand = (program) => {
  const command = program
    .command('by-hand')
    .summary('write what a run has left as scripts for people')
    .description(
      'Writes the steps that a run has left as PowerShell and T-SQL, one file a step and host, for the day when the tool must not be used. Values are filled in, secrets are asked for, each file looks before it changes anything and afterwards. Touches neither the estate nor the run.',
    )
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on')
    .requiredOption('-o, --output <DIR>', 'folder to write to: empty, or not there yet')
    .option('--site <FILE>', 'the site file, where no server can be asked: the run is known from its record')
    .action(async (argument: string | undefined, options: ByHandOptions, self: Command) =>
      byHand(argument, options, faceOf(self)),
    );
  examples(
    command,
    'ssis-ha by-hand -o by-hand',
    'ssis-ha by-hand ssis-prod-fra -o by-hand --site site.yaml',
  );
};

async function byHand(argument: string | undefined, options: ByHandOptions, face: Face): Promise<void> {
  const { refuseFull, writeHandFiles } = await import('../by-hand/folder.ts');
  const folder = resolve(options.output);
  refuseFull(folder);
  const named = await namedRun(argument, face);
  const { files, withoutFile } =
    options.site === undefined ? await fromServer(face, named) : await fromRecord(face, named, options.site);
  writeHandFiles(files, folder);
  if (face.json) {
    const told = files.map(({ name, step, host }) => ({ name, step, host }));
    return face.printJson({ version: 1, folder, files: told, withoutFile });
  }
  const steps = files.filter(({ step }) => step !== null).length;
  face.print([
    `${counted(steps, 'step')} in ${folder}. Read README.md there first.`,
    ...withoutFile.map(({ step, reason }) => `${step} has no file: ${reason}`),
  ]);
}

async function fromServer(face: Face, named: string | null) {
  let isFound = false;
  try {
    return await withClient(face, async (client) => {
      const run = await client.find(named);
      isFound = true;
      return client.byHand(run);
    });
  } catch (error) {
    if (isFound || !(error instanceof OperatorError) || !(await isRecorded(face, named))) throw error;
    throw new OperatorError(
      error.message,
      `Give the site file that the run was started with, since its record is here: --site FILE. Else: ${error.advice}`,
    );
  }
}

async function isRecorded({ directory }: Face, named: string | null): Promise<boolean> {
  const { lookAtRecord } = await import('../client.ts');
  return lookAtRecord(directory, named).then(
    () => true,
    () => false,
  );
}

async function fromRecord(face: Face, named: string | null, site: string) {
  const [{ byHandFromRecord }, { readSiteFile }] = await Promise.all([
    import('../client.ts'),
    import('../site-file.ts'),
  ]);
  const file = readSiteFile(site);
  return byHandFromRecord(face.directory, named ?? file.site.site, file.request);
}
