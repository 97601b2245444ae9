import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { packageRoot } from '../../src/package-root.ts';
import { workflowSource } from '../../src/temporal/workflow-source.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import type { JournalEntry, RunEvent } from '../../workflows/journal/event.ts';

export const historiesFolder = join(packageRoot, 'test', 'histories');

/** What the run of a recorded history tells, from its beginning. */
export async function toldBy(name: string) {
  const entries: JournalEntry[] = [];
  const snapshots: RunSnapshot[] = [];
  const record = {
    append: { fn: (_: unknown, entry: JournalEntry) => void entries.push(entry), callDuringReplay: true },
    keep: {
      fn: (_: unknown, snapshot: RunSnapshot) => void snapshots.push(snapshot),
      callDuringReplay: true,
    },
  };
  const history: unknown = JSON.parse(gunzipSync(readFileSync(join(historiesFolder, name))).toString('utf8'));
  await Worker.runReplayHistory({ ...workflowSource(), sinks: { record }, replayName: name }, history);
  return { entries, events: entries.map(({ text }) => JSON.parse(text) as RunEvent), snapshots };
}
