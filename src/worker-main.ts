import { OperatorError } from '../activities/failures.ts';
import { workerMain } from './worker.ts';

/* One worker as a process of its own: what `ssis-ha up` starts and starts again. */
try {
  await workerMain(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  const told =
    error instanceof OperatorError
      ? `${error.message}\n${error.advice}`
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${told}\n`);
  process.exit(1);
}
