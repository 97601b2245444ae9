import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { packageRoot } from '../../src/package-root.ts';
import { workflowSource } from '../../src/temporal/workflow-source.ts';
import type { Plan, RunSnapshot } from '../../workflows/contract.ts';
import type { JournalEntry, RunEvent } from '../../workflows/journal/event.ts';

const folder = join(packageRoot, 'test', 'histories');

/** Names of runs that were recorded. */
export const recordedRuns: readonly string[] = readdirSync(folder);

/** What the run of a recorded history tells, from its beginning. */
export async function recordedRun(name: string) {
  const entries: JournalEntry[] = [];
  const snapshots: RunSnapshot[] = [];
  const record = {
    append: { fn: (_: unknown, entry: JournalEntry) => void entries.push(entry), callDuringReplay: true },
    keep: {
      fn: (_: unknown, snapshot: RunSnapshot) => void snapshots.push(snapshot),
      callDuringReplay: true,
    },
  };
  await Worker.runReplayHistory(
    { ...workflowSource(), sinks: { record }, replayName: name },
    historyOf(name),
  );
  return { entries, events: entries.map(({ text }) => JSON.parse(text) as RunEvent), snapshots };
}

/** The plan that such a run performed: what its first activity answered. */
export function recordedPlan(name: string): Plan {
  const { events } = historyOf(name) as RecordedHistory;
  const data = events.flatMap(
    ({ activityTaskCompletedEventAttributes: completed }) => completed?.result?.payloads?.[0]?.data ?? [],
  )[0];
  return JSON.parse(Buffer.from(data ?? '', 'base64').toString('utf8')) as Plan;
}

interface RecordedHistory {
  readonly events: readonly {
    readonly activityTaskCompletedEventAttributes?: {
      readonly result?: { readonly payloads?: readonly { readonly data?: string }[] };
    };
  }[];
}

function historyOf(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'));
}
