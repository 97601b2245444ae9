import { readFileSync } from 'node:fs';
import { runHandFile } from './by-hand/run-file.ts';
import { openTerminalShell } from './by-hand/terminal-shell.ts';

/*
 * Stands where somebody's window stands: runs a file of an export on one host of the lab, asks at the terminal, and
 * shows what that shows.
 */

const RESTART_PENDS = 3;

const [file = '', host = ''] = process.argv.slice(2);
const shell = openTerminalShell(process.env['SSIS_HA_LAB'] ?? '', host);
try {
  const outcome = await runHandFile(readFileSync(file, 'utf8'), shell);
  process.exitCode = outcome === 'restart' ? RESTART_PENDS : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  shell.close();
}
