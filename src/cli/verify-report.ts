import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Misuse, OperatorError } from '../failures.ts';
import { presentReportVerification } from '../present/report-verification.ts';
import type { Check, FileVerification } from '../web/report/verify-report.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { FAILED, UNKNOWN } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha verify-report`: whether a report is what the run recorded. */
export const addVerifyReport: AddCommand = (program) => {
  const command = program
    .command('verify-report')
    .summary('check a report for changes')
    .description(
      'Checks a report: each byte against its last line, its events against their chain, its page against its events, and all of that against the run itself where it, its result or its record can be asked. Says what it could not check. With --run also whether it is of that run. Ends with 0 when it is sound, 1 when it was changed or is of another run, 3 when not all could be checked.',
    )
    .argument('<FILE>', 'the report')
    .action(async (path: string, _options: unknown, self: Command) => verify(path, faceOf(self)));
  examples(
    command,
    'ssis-ha verify-report run.html',
    'ssis-ha verify-report run.html --address temporal:7233 --json',
  );
};

async function verify(path: string, face: Face): Promise<void> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Misuse(`${path} cannot be read (${error.code})`, 'Name the file of a report.');
  });
  const [{ verifyFile, verdictOf, runCheck }, { reportFile, thisMaker }] = await Promise.all([
    import('../web/report/verify-report.ts'),
    import('../web/report/make-report.ts'),
  ]);
  const { checks: own, found } = verifyFile(bytes, { maker: thisMaker(), fileOf: reportFile });
  const named = await namedRun(undefined, face);
  const checks = [
    ...own,
    ...(found === null || named === null ? [] : [runCheck(found, named)]),
    ...(found === null ? [] : await askedOf(found, face)),
  ];
  const verdict = verdictOf(checks);
  process.exitCode = { sound: 0, changed: FAILED, 'another run': FAILED, 'not known': UNKNOWN }[verdict];
  if (!face.json) return face.print(presentReportVerification({ verdict, checks }, face.style));
  const { madeAt, madeBy, maker, head, events } = found?.document ?? {};
  face.printJson({
    version: 1,
    verdict,
    file: path,
    ...found?.run,
    events: events?.length,
    head,
    madeAt,
    madeBy,
    maker,
    checks,
  });
}

type Found = NonNullable<FileVerification['found']>;

async function askedOf(found: Found, face: Face): Promise<readonly Check[]> {
  const { verifyWithRun, verifyWithRecord } = await import('../web/report/verify-with-run.ts');
  try {
    return await withClient(face, (client) => verifyWithRun(found, client, face.directory));
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return verifyWithRecord(found, face.directory, error.message);
  }
}
