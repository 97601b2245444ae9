import { buildProgram } from './cli/program.ts';
import { reportOf } from './cli/report-error.ts';

/* The command `ssis-ha`. What it can do stands in cli/program.ts. */

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough, as in `ssis-ha list | head -1`.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  await buildProgram().parseAsync();
} catch (error) {
  const { lines, exitCode } = reportOf(error);
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = exitCode;
}
