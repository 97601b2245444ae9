import type { Command } from 'commander';
import { OperatorError } from '../failures.ts';
import { counted } from '../present/measures.ts';
import { namedRun, withClientOrRecord } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';
import type { ReportDocument } from '../web/report/report-document.ts';

interface ReportOptions {
  readonly output: string;
}

/** `ssis-ha report`: all of a run in one file that can be checked. */
export const addReport: AddCommand = (program) => {
  const command = program
    .command('report')
    .summary('write all of a run into one file')
    .description(
      'Writes one HTML file that needs nothing else: every moment of the run, who decided what and why, the evidence of each step, and the events that prove it; of a run that goes on, as of now. From its record where nobody can answer. It holds no secret.',
    )
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on, else the last one')
    .requiredOption('-o, --output <FILE>', 'where it is written; a file that is there is replaced')
    .action(async (argument: string | undefined, { output }: ReportOptions, self: Command) => {
      const face = faceOf(self);
      await write(await documentOf(await namedRun(argument, face), face), output, face);
    });
  examples(command, 'ssis-ha report -o run.html', 'ssis-ha report ssis-example -o CHG0048213.html');
};

async function write(document: ReportDocument, path: string, face: Face): Promise<void> {
  const [{ writeFile }, { reportFile }] = await Promise.all([
    import('node:fs/promises'),
    import('../web/report/make-report.ts'),
  ]);
  const file = reportFile(document);
  await writeFile(path, file).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${path} cannot be written (${error.code})`, 'Name another file: -o FILE');
  });
  const { events, head, madeAt, plan } = document;
  const [first] = events;
  const { runId, workflowId } = first?.run ?? {};
  const bytes = Buffer.byteLength(file);
  if (face.json) {
    return face.printJson({
      version: 1,
      file: path,
      bytes,
      runId,
      workflowId,
      events: events.length,
      head,
      madeAt,
    });
  }
  face.print([`${path}: ${counted(events.length, 'event')} of run ${runId}, ${Math.ceil(bytes / 1000)} kB.`]);
  if (plan === null) face.print(['Its plan is not known: the file is without it.']);
  face.print([`To check it: ${face.style.command(`verify-report ${path}`)}`]);
}

async function documentOf(named: string | null, face: Face): Promise<ReportDocument> {
  const { reportOf, reportFromRecord } = await import('../web/report/make-report.ts');
  const wish = { by: face.by, nowMs: Date.now() };
  return withClientOrRecord(
    face,
    async (client) => reportOf(client, await client.find(named), wish),
    () => reportFromRecord(face.directory, named, wish),
  );
}
