import { performAndExit } from './kept-main.ts';
import { workerMain } from './worker.ts';

/* One worker as a process of its own: what `ssis-ha up` starts and starts again. */
await performAndExit(() => workerMain(process.argv.slice(2)));
