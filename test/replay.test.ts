import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../src/package-root.ts';
import { workflowSource } from '../src/temporal/workflow-source.ts';

const folder = join(packageRoot, 'test', 'histories');
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json.gz'));

/** Nothing is kept of a replay. */
const NOTHING = { fn: () => undefined, callDuringReplay: false };
const NO_RECORDS = { record: { keep: NOTHING, append: NOTHING } };

describe('a run that began under an earlier build goes on under this one', () => {
  test('there are recorded runs to replay', () => expect(recorded.length).toBeGreaterThan(0));

  test.each(recorded)('%s', async (name) => {
    const history: unknown = JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'));
    await expect(
      Worker.runReplayHistory({ ...workflowSource(), sinks: NO_RECORDS, replayName: name }, history),
    ).resolves.toBeUndefined();
  });
});
