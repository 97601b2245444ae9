import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { packageRoot } from '../../src/package-root.ts';
import { agreeable, openRealEstate } from './real-estate.ts';

/* Records runs for `replay.test.ts`: `npm run record:histories`, after a change that is meant to differ. */
const real = await openRealEstate();
const record = async (name: string, run: Awaited<ReturnType<typeof real.start>>) => {
  const history = historyToJSON(await run.fetchHistory());
  writeFileSync(join(packageRoot, 'test', 'histories', `${name}.json.gz`), gzipSync(JSON.stringify(history)));
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

const whole = await real.start();
await real.untilEnd(whole, agreeable);
await record('whole', whole);
await real.close();
