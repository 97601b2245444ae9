import { WorkflowNotFoundError } from '@temporalio/client';
import { OperatorError } from '../activities/failures.ts';
import {
  MESSAGES,
  type AheadWithdrawal,
  type EndRequest,
  type Json,
  type Plan,
  type UndoForecast,
} from '../workflows/contract.ts';
import type { HandExport } from './by-hand/export.ts';
import { answerRun, endRun, type Answer } from './client/answer-run.ts';
import { journalOf, recordedJournal, type Journal } from './client/journal.ts';
import { approveAhead, withdrawAhead, type AheadWish } from './client/approve-ahead.ts';
import { journalHeadAt, toldByRecord, type HeadWitness, type NoWitness } from './client/journal-head.ts';
import { findRecord } from './client/find-record.ts';
import { findRun, type RunRef } from './client/find-run.ts';
import { lengthsIn, type Lengths } from './client/lengths.ts';
import { RunList, type ListedRun } from './client/list-runs.ts';
import { askRun, lookAtRun, nobodyAnswers, type Seen, type Sight } from './client/look-at-run.ts';
import { isServerAway, ServerLink, type ServerWish } from './client/server-link.ts';
import { withWaiting, type ShownRun } from './client/shown-run.ts';
import {
  scheduleVerification,
  unscheduleVerification,
  type ScheduleWish,
  type VerificationSchedule,
} from './client/schedule-verification.ts';
import { planOfRun, siteOfRun } from './client/recorded.ts';
import { startRun, type StartWish } from './client/start-run.ts';
import { watchRun, type Watching } from './client/watch-run.ts';
import type { EventReader } from './event-reader.ts';
import { openRunRecords } from './run-record.ts';

/** All that a person can do to runs. Every method throws an OperatorError that says what to do. */
export interface RunClient {
  /** host:port of the server. */
  readonly address: string;
  readonly start: (wish: StartWish) => Promise<RunRef>;
  /** Sets or changes the schedule of a site's verification. */
  readonly schedule: (wish: ScheduleWish) => Promise<VerificationSchedule>;
  /** Answers the id of the schedule that was removed. */
  readonly unschedule: (site: string) => Promise<string>;
  readonly list: () => Promise<readonly ListedRun[]>;
  /** By run id, workflow id or site; null: the one that goes on, else the last one. */
  readonly find: (named: string | null) => Promise<RunRef>;
  readonly look: (run: RunRef) => Promise<Seen>;
  readonly watch: (run: RunRef, watching: Watching) => AsyncGenerator<ShownRun>;
  /** The plan that the run performs; null where none was made, and where the server has forgotten the run. */
  readonly plan: (run: RunRef) => Promise<Plan | null>;
  /** The events of the run, all or from one on. */
  readonly journal: (run: RunRef, from?: number) => Promise<Journal>;
  /** The events of the run as they are kept in the folder, for one who comes back for more of them. */
  readonly kept: (run: RunRef) => EventReader;
  /** Where its chain of events stood after so many of them, by whoever knows. */
  readonly journalHead: (run: RunRef, count: number) => Promise<HeadWitness | NoWitness>;
  readonly whatIfStopped: (run: RunRef) => Promise<UndoForecast>;
  /** What the run has left, as files for people; nothing is written. */
  readonly byHand: (run: RunRef) => Promise<HandExport>;
  /** Returns when the run has taken it; so do the next two. */
  readonly answer: (run: RunRef, answer: Answer) => Promise<void>;
  /** Approves what the run will ask. */
  readonly approveAhead: (run: RunRef, wish: AheadWish) => Promise<void>;
  readonly withdrawAhead: (run: RunRef, withdrawal: AheadWithdrawal) => Promise<void>;
  /** Null when the run has the request and no control worker could tell yet what came of it. */
  readonly end: (run: RunRef, request: EndRequest) => Promise<ShownRun | null>;
  /** How long changes took in runs that had ended before a moment (ISO 8601), by now without it. */
  readonly lengths: (before?: string) => Promise<Lengths>;
  readonly close: () => Promise<void>;
}

/** Connects to the server that is meant. Throws an OperatorError when there is none. */
export async function openClient(wish: ServerWish): Promise<RunClient> {
  const link = await ServerLink.open(wish);
  const sight = { link, records: openRunRecords(wish.directory) };
  const runs = new RunList(sight);
  const told = <Result>(work: Promise<Result>) => work.catch((error: unknown) => tell(error, link));
  return {
    get address() {
      return link.address;
    },
    start: (started) => told(startRun(link, started)),
    schedule: (scheduled) => told(scheduleVerification(link, scheduled)),
    unschedule: (site) => told(unscheduleVerification(link, site)),
    list: () => told(runs.now()),
    find: (named) => told(findRun(link, sight.records, named)),
    look: (run) => told(lookAtRun(sight, run)),
    watch: (run, watching) => watchRun(sight, run, watching),
    plan: (run) => told(planOfRun(link, run)),
    journal: (run, from) => told(journalOf(sight, run, from)),
    kept: ({ runId }) => sight.records.reader(runId),
    journalHead: (run, count) => told(journalHeadAt(sight, run, count)),
    whatIfStopped: (run) => told(forecastOf(link, run)),
    answer: (run, answer) => told(answerRun(link, run, answer)),
    approveAhead: (run, wished) => told(approveAhead(link, run, wished)),
    withdrawAhead: (run, withdrawal) => told(withdrawAhead(link, run, withdrawal)),
    byHand: (run) => told(byHand(sight, run)),
    async end(run, request) {
      const snapshot = await told(endRun(link, run, request));
      return snapshot && withWaiting(snapshot, new Map());
    },
    lengths: (before) => lengthsIn(sight.records, before),
    close: () => link.close(),
  };
}

async function byHand(sight: Sight, run: RunRef): Promise<HandExport> {
  const [{ exportByHand }, seen, site] = await Promise.all([
    import('./by-hand/export.ts'),
    lookAtRun(sight, run),
    siteOfRun(sight.link, run),
  ]);
  return exportByHand(seen.run, site);
}

/** The same without any server: the run as its record tells, the site as its file is now. */
export async function byHandFromRecord(
  directory: string,
  named: string | null,
  site: Json,
): Promise<HandExport> {
  const { exportByHand } = await import('./by-hand/export.ts');
  return exportByHand(await lookAtRecord(directory, named), site);
}

function tell(error: unknown, { address }: ServerLink): never {
  if (error instanceof WorkflowNotFoundError) {
    throw new OperatorError(
      `The Temporal server at ${address} does not know this run any more`,
      'Look at what the folder keeps of it: ssis-ha status',
    );
  }
  if (!isServerAway(error)) throw error;
  throw new OperatorError(
    `The Temporal server at ${address} does not answer any more`,
    'See that it runs, look what became of the run (ssis-ha status), then try again.',
  );
}

/** What the folder's records know of a run, without any server. Throws an OperatorError when that is nothing. */
export async function lookAtRecord(directory: string, named: string | null): Promise<ShownRun> {
  return withWaiting(await findRecord(openRunRecords(directory), named), new Map());
}

/** The events of such a run. Throws an OperatorError when nothing is kept of it. */
export async function journalInRecord(directory: string, named: string | null): Promise<RunJournal> {
  const records = openRunRecords(directory);
  const snapshot = await findRecord(records, named);
  const { workflowId, runId } = snapshot;
  const journal = recordedJournal(snapshot, await records.events(runId), 1);
  return { run: { workflowId, runId }, journal };
}

/** As `RunClient.journalHead`, without any server. */
export function journalHeadInRecord(
  directory: string,
  runId: string,
  count: number,
): Promise<HeadWitness | NoWitness> {
  return toldByRecord(openRunRecords(directory), runId, count);
}

/** As `RunClient.lengths`, without any server. */
export function lengthsInRecord(directory: string, before?: string): Promise<Lengths> {
  return lengthsIn(openRunRecords(directory), before);
}

interface RunJournal {
  readonly run: RunRef;
  readonly journal: Journal;
}

async function forecastOf(link: ServerLink, run: RunRef): Promise<UndoForecast> {
  const forecast = await askRun<UndoForecast>(link, run, MESSAGES.whatIfStopped);
  if (forecast === null) throw nobodyAnswers(run);
  return forecast;
}

export type { HeadWitness, NoWitness } from './client/journal-head.ts';
export type { Journal } from './client/journal.ts';
export { estatesOf, type Estate } from './client/estates.ts';
export { summaryOf, type ListedRun } from './client/list-runs.ts';
export { silenceOf } from './client/look-at-run.ts';
export { ANSWERS_AGAIN } from './client/watch-run.ts';
export { UnknownRun, type RunRef } from './client/find-run.ts';
export { SeveralGoOn } from './client/meant-run.ts';
export type { ShownRun } from './client/shown-run.ts';
export type { StartWish } from './client/start-run.ts';
