import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError, type WorkflowExecutionDescription } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import { WORKFLOW_TYPE, type Mode } from '../../workflows/contract.ts';
import type { RunRecords } from '../run-record.ts';
import { meantAmong, oneAmong } from './meant-run.ts';
import { siteOf, wholeIdIn, workflowIdOf } from './run-ids.ts';
import type { ServerLink } from './server-link.ts';

/** One run, past or present. */
export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

/** No run is what was named. */
export class UnknownRun extends OperatorError {}

const MOST_LISTED = 500;
const MOST_SCHEDULED = 100;

/**
 * The run that is meant: by its id, its workflow id or the name of its site; without a name the one that
 * goes on, else the one that ended last. Throws an OperatorError that names the runs when several go on.
 */
export async function findRun(link: ServerLink, records: RunRecords, named: string | null): Promise<RunRef> {
  if (named !== null && RUN_ID.test(named)) return byRunId(link, records, named);
  if (named !== null) return bySite(link, named);
  const runs = await newestOfEach(link);
  const chosen = oneAmong(runs, isRunning);
  if (chosen) return refOf(chosen);
  throw new UnknownRun(
    `The server at ${link.address} knows no run`,
    'Start one: ssis-ha rehearse SITE, then ssis-ha start SITE',
  );
}

/** What the server's list alone tells of a run. */
export interface ListedRef extends RunRef {
  readonly isOpen: boolean;
  /** Empty where the list does not tell. */
  readonly startedBy: string;
  readonly startTime: Date;
  /** Null while it is open. */
  readonly closeTime: Date | null;
}

/**
 * The runs that the server knows, the last started first. Of what a schedule started and is over only some are
 * asked for: one an hour would soon leave no room for the others.
 */
export async function listRuns(link: ServerLink): Promise<readonly ListedRef[]> {
  const [runs, verifications] = await Promise.all([
    listed(link, `(TemporalScheduledById IS NULL OR ExecutionStatus = 'Running')`, MOST_LISTED),
    listed(link, `TemporalScheduledById IS NOT NULL AND ExecutionStatus != 'Running'`, MOST_SCHEDULED),
  ]);
  return [...runs, ...verifications].toSorted(
    (one, other) => other.startTime.getTime() - one.startTime.getTime(),
  );
}

async function listedRun(link: ServerLink, runId: string, seconds?: number): Promise<ListedRef | null> {
  return (await listed(link, `RunId = '${runId}'`, 1, seconds))[0] ?? null;
}

const LISTED_WITHIN_MS = 5000;
const FIRST_PAUSE_MS = 25;
/** A server may answer ten such questions a second, of all who ask. Source: Temporal, `frontend.namespaceRPS.visibility`. */
const LONGEST_PAUSE_MS = 800;

/**
 * Waits until a run that was just started is in the server's list, which lags behind its runs: who was told that it
 * was started finds it there, and another run is not taken for the only one. The server tells of no such moment, so
 * it is asked again, ever more seldom. A list that lags longer than 5 seconds, or cannot be had, is not waited for: the
 * run has begun.
 * Source: Temporal, *Observability*, "Query Executions by your own identifiers".
 */
export async function untilListed(link: ServerLink, runId: string): Promise<void> {
  const until = Date.now() + LISTED_WITHIN_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const leftMs = until - Date.now();
    if (leftMs <= 0) return;
    const isOver = await listedRun(link, runId, leftMs / 1000).then(
      (run) => run !== null,
      () => true,
    );
    if (isOver) return;
    await pause(pauseMs);
  }
}

/** Source: Temporal, *List Filter*, operators and *TemporalScheduledById*. */
function listed(
  link: ServerLink,
  filter: string,
  most: number,
  seconds?: number,
): Promise<readonly ListedRef[]> {
  return link.ask(async (client) => {
    const runs: ListedRef[] = [];
    const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ${filter}`;
    for await (const run of client.workflow.list({ query })) {
      const { workflowId, runId, startTime, closeTime = null, memo, status } = run;
      const startedBy = typeof memo?.['startedBy'] === 'string' ? memo['startedBy'] : '';
      runs.push({ workflowId, runId, startedBy, startTime, closeTime, isOpen: status.name === 'RUNNING' });
      if (runs.length >= most) break;
    }
    return runs;
  }, seconds);
}

/** Of the verifications that are over only the last of each site is of interest; runs come newest first. */
export function withoutOldVerifications<
  Run extends { readonly workflowId: string; readonly isOpen: boolean },
>(runs: readonly Run[]): readonly Run[] {
  const told = new Set<string>();
  return runs.filter(({ workflowId, isOpen }) => {
    const { site, mode } = siteOf(workflowId);
    if (mode !== 'verify') return true;
    const isNewest = !told.has(site);
    told.add(site);
    return isOpen || isNewest;
  });
}

/** Null when the server does not know it. */
export async function describeRun(
  link: ServerLink,
  { workflowId, runId }: { readonly workflowId: string; readonly runId?: string },
): Promise<WorkflowExecutionDescription | null> {
  try {
    return await link.ask((client) => client.workflow.getHandle(workflowId, runId).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function byRunId(link: ServerLink, records: RunRecords, runId: string): Promise<RunRef> {
  const found = (await listedRun(link, runId)) ?? (await records.read(runId));
  if (found) return { workflowId: found.workflowId, runId };
  throw new UnknownRun(`No run has the id ${runId}`, 'Look it up: ssis-ha list');
}

async function bySite(link: ServerLink, named: string): Promise<RunRef> {
  const { site, mode } = siteOf(named);
  const whole = wholeIdIn(named);
  const ids = whole === null ? await idsOf(link, site, mode) : [whole];
  const found = await newestFirst(link, [...new Set(ids)]);
  const [chosen] = meantAmong(found, isRunning);
  if (chosen) return refOf(chosen);
  throw new UnknownRun(
    `The server at ${link.address} knows no run of the site "${named}"`,
    'Look them up: ssis-ha list',
  );
}

/** A site stands for its run and its rehearsal, and for a verification that waits for a person. */
async function idsOf(link: ServerLink, site: string, mode: Mode): Promise<readonly string[]> {
  const verifications = (await listRuns(link)).filter(({ workflowId }) => {
    const known = siteOf(workflowId);
    return known.site === site && known.mode === 'verify';
  });
  const isMeant = ({ isOpen }: ListedRef) => isOpen || mode === 'verify';
  const modes: readonly Mode[] = mode === 'perform' ? ['perform', 'rehearse'] : [mode];
  return [
    ...modes.map((each) => workflowIdOf(site, each)),
    ...withoutOldVerifications(verifications)
      .filter(isMeant)
      .map(({ workflowId }) => workflowId),
  ];
}

/** The list may lag; what it names is asked for its newest run itself. */
async function newestOfEach(link: ServerLink): Promise<readonly WorkflowExecutionDescription[]> {
  const runs = await listRuns(link);
  return newestFirst(link, [...new Set(withoutOldVerifications(runs).map((run) => run.workflowId))]);
}

async function newestFirst(
  link: ServerLink,
  workflowIds: readonly string[],
): Promise<readonly WorkflowExecutionDescription[]> {
  const described = await Promise.all(workflowIds.map((workflowId) => describeRun(link, { workflowId })));
  return described
    .filter((run) => run !== null)
    .toSorted((one, other) => other.startTime.getTime() - one.startTime.getTime());
}

function isRunning({ status }: WorkflowExecutionDescription): boolean {
  return status.name === 'RUNNING';
}

function refOf({ workflowId, runId }: WorkflowExecutionDescription): RunRef {
  return { workflowId, runId };
}
