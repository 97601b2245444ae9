import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OperatorError } from '../../activities/failures.ts';
import { packageRoot } from '../package-root.ts';
import { readSiteFile } from '../site-file.ts';
import { provideSecrets, writeSampleSite } from './sample-site.ts';

export interface LabWish {
  readonly directory: string;
  /** Without one it is the sample site. */
  readonly site: string | null;
  readonly pace: number;
}

/** Runs the lab alone until it is ended: for agents that somebody starts by hand. Answers its exit code. */
export async function runLab({ directory, site, pace }: LabWish): Promise<number> {
  const program = join(packageRoot, 'dist', 'lab', 'main.js');
  if (!existsSync(program))
    throw new OperatorError('The lab is not built', 'Run "npm run build", then try again.');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = resolve(site ?? writeSampleSite(directory));
  const { environment } = provideSecrets(file, readSiteFile(file).references);
  const child = spawn(
    process.execPath,
    [program, '--dir', directory, '--site', file, '--pace', String(pace)],
    {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
