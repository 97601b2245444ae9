import type { Mode, RunState } from '../../workflows/contract.ts';
import { listRuns, withoutOldVerifications, type RunRef } from './find-run.ts';
import { lookAtRun, type Sight } from './look-at-run.ts';
import type { RunRecords } from '../run-record.ts';

/** A run in one line. */
export interface ListedRun extends RunRef {
  readonly site: string;
  readonly mode: Mode;
  readonly state: RunState;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** How many questions wait for a person. */
  readonly questions: number;
}

/** Runs that go on and runs that ended, the last started first; also those that the server forgot, from their records. */
export async function listedRuns(sight: Sight): Promise<readonly ListedRun[]> {
  const known = await listRuns(sight.link);
  const looks = await Promise.allSettled(withoutOldVerifications(known).map((ref) => lookAtRun(sight, ref)));
  const seen = looks.flatMap((look) => (look.status === 'fulfilled' ? [summaryOf(look.value.run)] : []));
  const ids = new Set(known.map((run) => run.runId));
  const forgotten = (await recordedRuns(sight.records)).filter((run) => !ids.has(run.runId));
  const all = [...seen, ...forgotten].toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  const shown = withoutOldVerifications(all.map((run) => ({ ...run, isOpen: run.endedAt === null })));
  return shown.map(({ isOpen: _isOpen, ...run }) => run);
}

/** The runs that the folder's records tell of. */
export async function recordedRuns(records: RunRecords): Promise<readonly ListedRun[]> {
  return (await records.list()).map(summaryOf);
}

type Summarized = Omit<ListedRun, 'questions'> & { readonly questions: readonly unknown[] };

function summaryOf(run: Summarized): ListedRun {
  const { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt, questions } = run;
  return { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt, questions: questions.length };
}
