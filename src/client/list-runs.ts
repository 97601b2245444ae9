import type { About, Mode, Proof, RunSnapshot, RunState } from '../../workflows/contract.ts';
import { listRuns, withoutOldVerifications, type ListedRef, type RunRef } from './find-run.ts';
import { lookAtRun, type Sight } from './look-at-run.ts';
import { siteOf } from './run-ids.ts';
import { verificationOf } from './verification.ts';

/** A run in one line. */
export interface ListedRun extends RunRef {
  readonly site: string;
  readonly mode: Mode;
  readonly state: ListedState;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Null before a run has performed its drills, and of one that performs none. */
  readonly proof: Proof | null;
  /** Whether a verification that has ended found all as it should be; null of every other run. */
  readonly isSound: boolean | null;
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

/** The list of runs. What has ended never changes: it is looked at and read once. */
export class RunList {
  private readonly sight: Sight;
  /** By run id, of those that the last listing had. */
  private ended: ReadonlyMap<string, ListedRun> = new Map();

  constructor(sight: Sight) {
    this.sight = sight;
  }

  /** Runs that go on and runs that ended, the last started first; also those that the server forgot, from their records. */
  async now(): Promise<readonly ListedRun[]> {
    const known = await listRuns(this.sight.link);
    const ids = new Set(known.map((run) => run.runId));
    const kept = (await this.sight.records.ids()).filter((runId) => !ids.has(runId));
    const found = await Promise.all([
      ...withoutOldVerifications(known).map(
        (ref) => this.remembered(ref.runId) ?? seenOrNot(this.sight, ref),
      ),
      ...kept.map((runId) => this.remembered(runId) ?? recorded(this.sight, runId)),
    ]);
    const all = found
      .filter((run) => run !== null)
      .toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
    this.ended = new Map(all.filter(isOver).map((run) => [run.runId, run]));
    const shown = withoutOldVerifications(all.map((run) => ({ ...run, isOpen: run.endedAt === null })));
    return shown.map(({ isOpen: _isOpen, ...run }) => run);
  }

  private remembered(runId: string): ListedRun | undefined {
    return this.ended.get(runId);
  }
}

/** Who could not be seen may be, a moment later. */
function isOver({ endedAt, state }: ListedRun): boolean {
  return endedAt !== null && state !== 'unseen';
}

/** As the folder's record tells; null where that cannot be read. */
async function recorded({ records }: Sight, runId: string): Promise<ListedRun | null> {
  const snapshot = await records.read(runId).catch(() => null);
  return snapshot && summaryOf(snapshot);
}

async function seenOrNot(sight: Sight, ref: ListedRef): Promise<ListedRun> {
  try {
    return summaryOf((await lookAtRun(sight, ref)).run);
  } catch {
    // A run that nobody can tell of is the one that somebody looks for.
    const { workflowId, runId, startedBy, startTime, closeTime } = ref;
    const startedAt = startTime.toISOString();
    const told = { workflowId, runId, ...siteOf(workflowId), startedBy, startedAt };
    const endedAt = closeTime?.toISOString() ?? null;
    return { ...told, state: 'unseen', endedAt, proof: null, isSound: null, questions: 0, asks: [] };
  }
}

/** A run as a list shows it. */
export function summaryOf(run: Omit<RunSnapshot, 'journal'>): ListedRun {
  const { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt, questions } = run;
  const asks = questions.map(({ id: questionId, stepKey, about, askedAt }) => {
    const step = run.steps.find(({ key }) => key === stepKey);
    return { questionId, stepKey, title: step?.title ?? stepKey, host: step?.host ?? '', about, askedAt };
  });
  const told = { workflowId, runId, site, mode, state, startedBy, startedAt, endedAt, proof: run.proof };
  const isSound = mode === 'verify' && endedAt !== null ? verificationOf(run).isSound : null;
  return { ...told, isSound, questions: questions.length, asks };
}
