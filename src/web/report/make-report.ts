import { asset } from '../assets.ts';
import { OperatorError } from '../../failures.ts';
import { journalInRecord, lengthsInRecord, type Journal, type RunClient, type RunRef } from '../../client.ts';
import { planToShow } from '../../client/shown-plan.ts';
import { packageVersion } from '../../package-root.ts';
import { checkChain } from '../../../workflows/journal/chain.ts';
import type { Maker, ReportDocument, Standing } from './report-document.ts';
import { buildReport } from './report-file.tsx';

/** When a report is made, and for whom. */
export interface ReportWish {
  readonly by: string;
  readonly nowMs: number;
}

/** What a report of the run has to tell, as of now. Throws an OperatorError where the run kept no journal, or not this one. */
export async function reportOf(client: RunClient, ref: RunRef, wish: ReportWish): Promise<ReportDocument> {
  // Looked at first: whatever comes in between stands in the journal.
  const standing = await standingOf(client, ref).catch(() => 'not known' as const);
  const journal = await client.journal(ref);
  // A server that forgot the run, or is away, has no plan to tell.
  const plan = await client.plan(ref).catch(() => null);
  const lengths = await client.lengths(startOf(journal)).catch(() => ({}));
  return {
    ...documentWith(journal, ref, wish),
    ...ifWithoutEnd(journal, standing),
    plan: plan && planToShow(plan),
    lengths,
  };
}

/** As the server says. */
async function standingOf(client: RunClient, ref: RunRef): Promise<Standing> {
  const { run, isOpen } = await client.look(ref);
  if (isOpen) return 'goes on';
  if (run.endedAt === null) return 'not known';
  return { state: run.state === 'stopped' ? 'stopped' : 'failed', at: run.endedAt };
}

function ifWithoutEnd({ events }: Journal, standing: Standing): Pick<ReportDocument, 'standing'> {
  return events.some(({ run }) => typeof run?.endedAt === 'string') ? {} : { standing };
}

/** As `reportOf`, from what the folder keeps, without any server. */
export async function reportFromRecord(
  directory: string,
  named: string | null,
  wish: ReportWish,
): Promise<ReportDocument> {
  const { run, journal } = await journalInRecord(directory, named);
  return {
    ...documentWith(journal, run, wish),
    ...ifWithoutEnd(journal, 'not known'),
    plan: null,
    lengths: await lengthsInRecord(directory, startOf(journal)),
  };
}

/** Later runs, and this one, were not known when it began. */
function startOf({ events }: Journal): string | undefined {
  return events[0]?.run?.startedAt;
}

function documentWith(
  { events, count, head }: Journal,
  { runId, workflowId }: RunRef,
  { by, nowMs }: ReportWish,
): Omit<ReportDocument, 'plan' | 'lengths' | 'standing'> {
  if (checkChain(events, head) !== null) {
    throw new OperatorError(
      `The ${events.length} events that are kept of run ${runId} of ${workflowId} are not the ${count} that it recorded (head ${head})`,
      'Ask the run itself: start its server and its control worker (ssis-ha up). Nothing can be proven by these.',
    );
  }
  return { version: 1, madeAt: new Date(nowMs).toISOString(), madeBy: by, maker: thisMaker(), head, events };
}

/** Which ssis-ha this is, as far as reports go. Throws an OperatorError where it is not built. */
export function thisMaker(): Maker {
  return { version: packageVersion, digest: asset('report.sha256').trim() };
}

/** The file of a document as this build makes it. */
export function reportFile(document: ReportDocument): string {
  return buildReport(document, { style: asset('report.css'), script: asset('report.js') });
}
