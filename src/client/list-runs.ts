import type { About, Mode, RunSnapshot, RunState } from '../../workflows/contract.ts';
import { listRuns, siteOf, withoutOldVerifications, type ListedRef, type RunRef } from './find-run.ts';
import { lookAtRun, type Sight } from './look-at-run.ts';
import type { RunRecords } from '../run-record.ts';

/** A run in one line. */
export interface ListedRun extends RunRef {
  readonly site: string;
  readonly mode: Mode;
  readonly state: ListedState;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** How many questions wait for a person. */
  readonly questions: number;
  /** These questions, the oldest first. */
  readonly asks: readonly Asks[];
}

/** `unseen`: the run is there, and nobody could tell how it stands. */
export type ListedState = RunState | 'unseen';

/** A question in one line. */
export interface Asks {
  readonly questionId: string;
  readonly stepKey: string;
  readonly title: string;
  readonly host: string;
  readonly about: About;
  /** ISO 8601 */
  readonly askedAt: string;
}

/** Runs that go on and runs that ended, the last started first; also those that the server forgot, from their records. */
export async function listedRuns(sight: Sight): Promise<readonly ListedRun[]> {
  const known = await listRuns(sight.link);
  const seen = await Promise.all(withoutOldVerifications(known).map((ref) => seenOrNot(sight, ref)));
  const ids = new Set(known.map((run) => run.runId));
  const forgotten = (await recordedRuns(sight.records)).filter((run) => !ids.has(run.runId));
  const all = [...seen, ...forgotten].toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  const shown = withoutOldVerifications(all.map((run) => ({ ...run, isOpen: run.endedAt === null })));
  return shown.map(({ isOpen: _isOpen, ...run }) => run);
}

async function seenOrNot(sight: Sight, ref: ListedRef): Promise<ListedRun> {
  try {
    return summaryOf((await lookAtRun(sight, ref)).run);
  } catch {
    // A run that nobody can tell of is the one that somebody looks for.
    const { workflowId, runId, startedBy, startTime, closeTime } = ref;
    const startedAt = startTime.toISOString();
    const told = { workflowId, runId, ...siteOf(workflowId), startedBy, startedAt };
    return { ...told, state: 'unseen', endedAt: closeTime?.toISOString() ?? null, questions: 0, asks: [] };
  }
}

/** The runs that the folder's records tell of. */
export async function recordedRuns(records: RunRecords): Promise<readonly ListedRun[]> {
  return (await records.list()).map(summaryOf);
}

/** A run as a list shows it. */
export function summaryOf(run: Omit<RunSnapshot, 'journal'>): ListedRun {
  const { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt, questions } = run;
  const asks = questions.map(({ id: questionId, stepKey, about, askedAt }) => {
    const step = run.steps.find(({ key }) => key === stepKey);
    return { questionId, stepKey, title: step?.title ?? stepKey, host: step?.host ?? '', about, askedAt };
  });
  const told = { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt };
  return { ...told, questions: questions.length, asks };
}
