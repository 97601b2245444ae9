import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { packageRoot } from '../../src/package-root.ts';
import { workflowSource, workflowSources } from '../../src/temporal/workflow-source.ts';
import type { Plan, RunSnapshot } from '../../workflows/contract.ts';
import type { JournalEntry, RunEvent } from '../../workflows/journal/event.ts';

const folder = join(packageRoot, 'test', 'histories');

const { workflowsPath, workflowInterceptorModules } = workflowSources;
const SOURCE_AS_PERFORMED = {
  workflowsPath,
  interceptors: {
    workflowModules: [...workflowInterceptorModules, join(import.meta.dirname, 'as-if-live.ts')],
  },
};

/** Names of runs that were recorded. */
export const recordedRuns: readonly string[] = readdirSync(folder);

/** What the run of a recorded history tells, from its beginning; as it was performed, or as a replay does. */
export async function recordedRun(name: string, how: 'as performed' | 'replayed' = 'replayed') {
  const entries: JournalEntry[] = [];
  const snapshots: RunSnapshot[] = [];
  const record = {
    append: { fn: (_: unknown, entry: JournalEntry) => void entries.push(entry), callDuringReplay: true },
    keep: {
      fn: (_: unknown, snapshot: RunSnapshot) => void snapshots.push(snapshot),
      callDuringReplay: true,
    },
  };
  const source = how === 'replayed' ? workflowSource() : SOURCE_AS_PERFORMED;
  await Worker.runReplayHistory({ ...source, sinks: { record }, replayName: name }, historyOf(name));
  return { entries, events: entries.map(({ text }) => JSON.parse(text) as RunEvent), snapshots };
}

/** What such a run answered in the end. */
export function recordedResult(name: string): RunSnapshot {
  const { events } = historyOf(name) as RecordedHistory;
  const [payload] = events.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads ?? [];
  return said(payload) as RunSnapshot;
}

/** The plan that such a run performed: what its first activity answered. */
export function recordedPlan(name: string): Plan {
  const { events } = historyOf(name) as RecordedHistory;
  const [payload] = events.flatMap(
    ({ activityTaskCompletedEventAttributes: completed }) => completed?.result?.payloads?.[0] ?? [],
  );
  return said(payload) as Plan;
}

interface Payload {
  readonly data?: string;
}

function said(payload: Payload | undefined): unknown {
  return JSON.parse(Buffer.from(payload?.data ?? '', 'base64').toString('utf8'));
}

interface Completed {
  readonly result?: { readonly payloads?: readonly Payload[] };
}

interface RecordedHistory {
  readonly events: readonly {
    readonly activityTaskCompletedEventAttributes?: Completed;
    readonly workflowExecutionCompletedEventAttributes?: Completed;
  }[];
}

function historyOf(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'));
}
