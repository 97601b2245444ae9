import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OperatorError } from '../../activities/failures.ts';
import { practise } from '../lab-client.ts';
import { packageRoot } from '../package-root.ts';
import { readSiteFile } from '../site-file.ts';
import { KeptPrograms, type ControlRoomWish } from './kept-programs.ts';
import { refuseUnknownEstate } from './run-lab.ts';
import { provideSecrets, writeSampleSite } from './sample-site.ts';
import { ServerKeeper } from './server-keeper.ts';
import { readUpState, writeUpState, type UpState } from './state.ts';

export interface UpOptions {
  readonly directory: string;
  /** Without one it is the sample site on the lab. */
  readonly site: string | null;
  readonly lab: boolean;
  /** What stands in the simulated estate already; left out, its machines are fresh. */
  readonly estate?: string | null;
  readonly pace: number;
  /** Left out, there is no page. */
  readonly controlRoom?: ControlRoomWish;
  /** Names of what is amiss in the lab from the beginning. */
  readonly scenarios?: readonly string[];
  readonly narrate: (text: string) => void;
}

/** All that `up` keeps running. */
export interface Up {
  readonly state: () => UpState;
  /** Ends everything, and answers when nothing is left. */
  readonly stop: () => Promise<void>;
}

/** Server, lab and workers in one; answers when all is ready, and starts again what dies until it is stopped. */
export async function up(options: UpOptions): Promise<Up> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const directory = realpathSync(options.directory);
  refuseSecondUp(directory);
  refuseUnknownEstate(options.estate ?? null);
  const dist = builtFolder();
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const site = siteFor(options, directory);
  const environment = options.lab && site !== null ? provideFor(site, options.narrate) : {};
  const server = await ServerKeeper.open(directory, options.narrate);
  const changed = () => writeUpState(directory, state(), process.pid);
  const programs = new KeptPrograms({ directory, dist, environment, server: server.embedded, changed });
  const state = (): UpState => ({
    temporalAddress: server.address,
    temporalUi: server.ui,
    controlRoom: options.controlRoom?.address ?? null,
    site,
    processes: { server: server.pid, ...programs.processes },
  });
  server.changed = changed;
  const stop = async () => {
    await programs.stop();
    await server.stop();
    changed();
  };
  try {
    await startAll(programs, site, { ...options, directory });
  } catch (error) {
    await stop();
    throw error;
  }
  changed();
  return { state, stop };
}

/** The lab first: it says which hosts are up, and so which agents there are. */
async function startAll(
  programs: KeptPrograms,
  site: string | null,
  { directory, lab, estate = null, pace, scenarios = [], controlRoom, narrate }: UpOptions,
): Promise<void> {
  if (lab && site !== null) {
    narrate('Starting the lab.');
    await programs.keepLab(site, pace, estate);
    // Put in once, and not by the lab's own start: one that is started again would bring back what was mended.
    for (const name of scenarios) await practise(directory, 'add', name);
  }
  narrate('Starting the workers.');
  programs.keepControlWorker();
  if (controlRoom) programs.keepControlRoom(controlRoom);
  if (lab) await programs.keepAgents();
  await programs.ready();
}

function siteFor({ site, lab }: UpOptions, directory: string): string | null {
  if (site !== null) return resolve(site);
  return lab ? writeSampleSite(directory) : null;
}

function refuseSecondUp(directory: string): void {
  const keeper = readUpState(directory)?.keeper ?? null;
  if (keeper === null || keeper === process.pid) return;
  throw new OperatorError(
    `"ssis-ha up" runs in ${directory} already, as process ${keeper}`,
    `Use it with --dir ${directory}, or end it first.`,
  );
}

function builtFolder(): string {
  const dist = join(packageRoot, 'dist');
  if (existsSync(join(dist, 'worker.js'))) return dist;
  throw new OperatorError('The programs are not built', 'Run "npm run build", then try again.');
}

function provideFor(site: string, narrate: (text: string) => void): Readonly<Record<string, string>> {
  const { made, environment } = provideSecrets(site, readSiteFile(site).references);
  if (made.length > 0) narrate(`Made ${made.length} secrets that the site file refers to, first ${made[0]}.`);
  return environment;
}
