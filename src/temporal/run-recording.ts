import type { Sinks, WorkflowInfo } from '@temporalio/workflow';
import type { InjectedSinks } from '@temporalio/worker';
import type { RunSnapshot } from '../../workflows/contract.ts';
import type { JournalEntry } from '../../workflows/journal/event.ts';
import type { RunRecords } from '../run-record.ts';

/** The sinks that a run tells each change to: best effort and cheap, outside of history. */
export function recordSinks(records: RunRecords): InjectedSinks<Sinks> {
  return {
    record: {
      keep: {
        fn: (_info: unknown, snapshot: RunSnapshot) => records.keep(snapshot),
        callDuringReplay: false,
      },
      append: {
        fn: ({ runId, unsafe }: WorkflowInfo, entry: JournalEntry) =>
          records.append(runId, entry, unsafe.isReplaying ? 'again' : 'anew'),
        // What a worker that died was told and could not write any more is told again by the one that takes over.
        callDuringReplay: true,
      },
    },
  };
}

/**
 * The last word of a run, which must not be lost: an activity, so that it is tried until it is written. It waits for no
 * other run, whose record may be one that cannot be written.
 */
export function recordActivities(records: RunRecords) {
  return {
    async keepRecord(snapshot: RunSnapshot): Promise<void> {
      records.keep(snapshot);
      await records.flush(snapshot.runId);
    },
  };
}
