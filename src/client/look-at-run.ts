import { setTimeout as pause } from 'node:timers/promises';
import { QueryNotRegisteredError, type WorkflowExecutionDescription } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import {
  ASK_AGAIN,
  MESSAGES,
  type RunSnapshot,
  type RunState,
  type StepSnapshot,
} from '../../workflows/contract.ts';
import type { RunRecords } from '../run-record.ts';
import { describeRun, type RunRef } from './find-run.ts';
import { retriesOf } from './retries.ts';
import { failedWith, type ServerLink } from './server-link.ts';
import { withWaiting, type ShownRun } from './shown-run.ts';

/** Where runs are looked at. */
export interface Sight {
  readonly link: ServerLink;
  readonly records: RunRecords;
}

export interface Seen {
  readonly run: ShownRun;
  /** `run`: it answered itself; `record`: as the control worker last kept it. */
  readonly from: 'run' | 'record';
  /** False once the server has closed it. */
  readonly isOpen: boolean;
}

/** Who does not answer, so that what was seen may be old; null where it is the run as it is now. */
export function silenceOf({ from, isOpen }: Seen): string | null {
  if (from === 'run' || !isOpen) return null;
  return 'The control worker does not answer; what it kept last is shown.';
}

/** A control worker that lives answers in milliseconds; one that died keeps a query waiting. */
const QUERY_SECONDS = 4;
/**
 * A query that comes while the run decides is held until its next decision, however far that is, though the run
 * would answer at once after this one [tried]: it is asked anew after each of these.
 */
const HASTE_SECONDS = [0.15, 0.2, 0.4];
/**
 * Each query that a worker refuses makes it read the run anew, which takes a second for a long one: asked at once and
 * again, it would do nothing else.
 */
const AFTER_REFUSAL_MS = 1_500;

/** A run as it is now, or as it is known. Throws an OperatorError when nothing is known of it. */
export async function lookAtRun({ link, records }: Sight, ref: RunRef): Promise<Seen> {
  const description = await describeRun(link, ref);
  if (description?.status.name === 'RUNNING') return lookAtOpenRun({ link, records }, ref, description);
  const snapshot = await closedRun({ link, records }, ref, description);
  return { run: withWaiting(snapshot, NO_RETRIES), from: 'record', isOpen: false };
}

const NO_RETRIES: ReadonlyMap<string, never> = new Map<string, never>();

/** The steps of an open run that are being tried again, of those that are given; null where the run is not open. */
export async function retriesOfOpen(link: ServerLink, ref: RunRef) {
  const description = await describeRun(link, ref);
  if (description?.status.name !== 'RUNNING') return null;
  return (steps: readonly StepSnapshot[]) => retriesOf(description.raw.pendingActivities ?? [], steps);
}

async function lookAtOpenRun(
  { link, records }: Sight,
  ref: RunRef,
  description: WorkflowExecutionDescription,
): Promise<Seen> {
  const answered = await askRun<RunSnapshot>(link, ref, MESSAGES.progress);
  const snapshot = answered ?? (await records.read(ref.runId));
  if (snapshot === null) throw nobodyAnswers(ref);
  const retries = retriesOf(description.raw.pendingActivities ?? [], snapshot.steps);
  return { run: withWaiting(snapshot, retries), from: answered ? 'run' : 'record', isOpen: true };
}

/** Asks a run a query; null when no control worker is there to answer. */
export async function askRun<Answer>(
  link: ServerLink,
  ref: RunRef,
  query: string,
  ...args: readonly number[]
): Promise<Answer | null> {
  const ask = (seconds: number) =>
    link.ask(
      (client) =>
        client.workflow.getHandle(ref.workflowId, ref.runId).query<Answer, number[]>(query, ...args),
      seconds,
    );
  try {
    for (const seconds of HASTE_SECONDS) {
      const answer = await ask(seconds).catch(whyUnanswered);
      if (answer === 'refused') await pause(AFTER_REFUSAL_MS);
      else if (answer !== 'held') return answer;
    }
    return await ask(QUERY_SECONDS);
  } catch (error) {
    // A server keeps one query of a run for a worker that is not there, and is full then.
    if (failedWith(error, 'late', 'precondition', 'full')) return null;
    throw error;
  }
}

/** `refused`: by a worker that has just taken the run over. */
function whyUnanswered(error: unknown): 'held' | 'refused' {
  if (failedWith(error, 'late', 'full')) return 'held';
  if (error instanceof QueryNotRegisteredError && error.message.includes(ASK_AGAIN)) return 'refused';
  throw error;
}

export function nobodyAnswers({ workflowId }: RunRef): OperatorError {
  return new OperatorError(
    `No control worker answers for ${workflowId}, and nothing is kept of it in this folder`,
    'Start one ("ssis-ha up", or "ssis-ha worker --control"), or name the folder of the one that runs: --dir DIR',
  );
}

async function closedRun(
  { link, records }: Sight,
  ref: RunRef,
  description: WorkflowExecutionDescription | null,
): Promise<RunSnapshot> {
  const kept = await records.read(ref.runId);
  if (kept !== null && kept.endedAt !== null) return kept;
  const ended = await resultOf(link, ref, description);
  if (ended !== null) return ended;
  const snapshot = kept ?? (description ? await askRun<RunSnapshot>(link, ref, MESSAGES.progress) : null);
  if (snapshot !== null) return cutShort(snapshot, description);
  throw new OperatorError(
    `Nothing is known of run ${ref.runId} of ${ref.workflowId}`,
    'Name the folder of the control worker that performed it: --dir DIR',
  );
}

/** What the server keeps as a run's last word, for which nobody needs to be there; null where it has none. */
export async function resultOf(
  link: ServerLink,
  { workflowId, runId }: RunRef,
  description: WorkflowExecutionDescription | null,
): Promise<RunSnapshot | null> {
  if (description?.status.name !== 'COMPLETED') return null;
  return link.ask((client) => client.workflow.getHandle(workflowId, runId).result() as Promise<RunSnapshot>);
}

/** A run that somebody ended past the runbook, with the server's own means, could not say its last word. */
function cutShort(snapshot: RunSnapshot, description: WorkflowExecutionDescription | null): RunSnapshot {
  if (description === null) return snapshot;
  const wasStopped = description.status.name === 'TERMINATED' || description.status.name === 'CANCELLED';
  const state: RunState = wasStopped ? 'stopped' : 'failed';
  return {
    ...snapshot,
    state,
    endedAt: description.closeTime?.toISOString() ?? snapshot.startedAt,
    questions: [],
  };
}
