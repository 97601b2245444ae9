import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OperatorError } from '../../activities/failures.ts';
import { Misuse } from '../failures.ts';
import { packageRoot } from '../package-root.ts';

/** Runs a file of an export on a host of the lab in a folder, asking at this terminal. Answers its exit code. */
export async function runOnLab(directory: string, file: string, host: string): Promise<number> {
  const program = join(packageRoot, 'dist', 'lab', 'hand.js');
  if (!existsSync(program))
    throw new OperatorError('The lab is not built', 'Run "npm run build", then try again.');
  if (!existsSync(file))
    throw new Misuse(`${file} is not there`, 'Name a file that "ssis-ha by-hand" has written.');
  const access = join(directory, 'lab', 'access.json');
  if (!existsSync(access))
    throw new OperatorError(
      `No lab runs in ${directory}`,
      `Start one with "ssis-ha up --dir ${directory}", or name the folder of the one that runs: --dir DIR`,
    );
  const child = spawn(process.execPath, [program, resolve(file), host], {
    stdio: 'inherit',
    env: { ...process.env, SSIS_HA_LAB: access },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
