import { execFileSync, spawn } from 'node:child_process';
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
  /** Names of what is amiss from the beginning. */
  readonly scenarios: readonly string[];
  /** What stands there already; null where the machines are fresh. */
  readonly estate: string | null;
}

/** Runs the lab alone until it is ended: for agents that somebody starts by hand. Answers its exit code. */
export async function runLab({ directory, site, pace, scenarios, estate }: LabWish): Promise<number> {
  const program = labProgram();
  refuseUnknownEstate(estate);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = resolve(site ?? writeSampleSite(directory));
  const { environment } = provideSecrets(file, readSiteFile(file).references);
  const child = spawn(
    process.execPath,
    [
      program,
      '--dir',
      directory,
      '--site',
      file,
      '--pace',
      String(pace),
      ...(estate === null ? [] : ['--estate', estate]),
      ...scenarios.flatMap((name) => ['--scenario', name]),
    ],
    {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Something that goes wrong in real estates and can be practised, as the lab tells of it. */
export interface LabScenario {
  readonly name: string;
  /** What is amiss, in one sentence. */
  readonly description: string;
  readonly source: string;
  /** On which estate it shows. */
  readonly on: 'fresh' | 'finished';
  /** What the site file must say for it to show; null where the sample will do. */
  readonly needs: string | null;
  readonly kind: 'found-at-the-start' | 'asked-about' | 'shown-at-a-gate' | 'mended' | 'borne';
  /** The step that finds or mends it; null where nobody is troubled. */
  readonly where: string | null;
}

/** All that can be practised. */
export function labScenarios(): readonly LabScenario[] {
  const told = execFileSync(process.execPath, [labProgram(), '--list-scenarios'], { encoding: 'utf8' });
  return JSON.parse(told) as LabScenario[];
}

/** How the estate may be found before a run, beside one whose machines are fresh. */
interface LabEstate {
  readonly name: string;
  /** What is there already, in one sentence. */
  readonly title: string;
}

/** All estates that the lab can begin with. */
export function labEstates(): readonly LabEstate[] {
  const told = execFileSync(process.execPath, [labProgram(), '--list-estates'], { encoding: 'utf8' });
  return JSON.parse(told) as LabEstate[];
}

/** Throws an OperatorError where the lab has no estate of this name. */
export function refuseUnknownEstate(name: string | null): void {
  if (name === null) return;
  const names = labEstates().map((estate) => estate.name);
  if (names.includes(name)) return;
  throw new OperatorError(`The lab has no estate ${name}`, `Give --estate one of ${names.join(', ')}.`);
}

function labProgram(): string {
  const program = join(packageRoot, 'dist', 'lab', 'main.js');
  if (existsSync(program)) return program;
  throw new OperatorError('The lab is not built', 'Run "npm run build", then try again.');
}
