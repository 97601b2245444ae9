import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { packageRoot } from '../../src/package-root.ts';
import { agreeable, openRealEstate } from './real-estate.ts';

/* Records runs for `replay.test.ts`: `npm run record:histories`, after a change that is meant to differ. */
const real = await openRealEstate();
const record = async (name: string, run: WorkflowHandle) => {
  const history = historyToJSON(await run.fetchHistory());
  writeFileSync(join(packageRoot, 'test', 'histories', `${name}.json.gz`), gzipSync(history));
};

const rehearsal = await real.start('rehearse');
await real.untilEnd(rehearsal, () => null);
await record('rehearsal', rehearsal);

const undone = await real.start();
await real.untilEnd(undone, (question, snapshot) =>
  question.stepKey.startsWith('enable-scale-out') && question.about === 'gate'
    ? 'undo'
    : agreeable(question, snapshot),
);
await record('undone', undone);

await real.close();

const fresh = await openRealEstate();
const whole = await fresh.start();
await fresh.untilEnd(whole, agreeable);
await record('whole', whole);
await fresh.close();
process.exit(0);
