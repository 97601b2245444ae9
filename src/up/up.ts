import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../../activities/failures.ts';
import { packageRoot } from '../package-root.ts';
import { readSiteFile } from '../site-file.ts';
import { runningDevServer, startDevServer, type DevServer } from '../temporal/dev-server.ts';
import { findServerProgram } from '../temporal/server-program.ts';
import { configuredServer } from '../temporal/server-settings.ts';
import { labEnvironment } from './lab-programs.ts';
import { KeptProcess } from './processes.ts';
import { provideSecrets, writeSampleSite } from './sample-site.ts';
import { readUpState, writeUpState, type UpState } from './state.ts';
import { watchLabHosts } from './watch-lab.ts';

const SERVER_PAUSE_MS = 1_000;

export interface UpOptions {
  readonly directory: string;
  /** Without one it is the sample site on the lab. */
  readonly site: string | null;
  readonly lab: boolean;
  readonly pace: number;
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
  const dist = builtFolder();
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const given = options.site === null ? null : resolve(options.site);
  const site = given ?? (options.lab ? writeSampleSite(directory) : null);
  const environment = options.lab && site !== null ? provideFor(site, options.narrate) : {};
  const server = await ServerKeeper.open(directory, options.narrate);

  const kept = new Map<string, KeptProcess>();
  const hosts: Record<string, 'up' | 'down'> = {};
  const state = (): UpState => ({
    temporalAddress: server.address,
    temporalUi: server.ui,
    site,
    processes: {
      server: server.pid,
      lab: kept.get('lab')?.pid ?? null,
      control: kept.get('control')?.pid ?? null,
      agents: Object.fromEntries(
        Object.keys(hosts).map((host) => [host, kept.get(`agent ${host}`)?.pid ?? null]),
      ),
    },
  });
  const changed = () => writeUpState(directory, state(), process.pid);
  server.changed = changed;
  const keep = (
    name: string,
    script: string,
    args: readonly string[],
    env: Record<string, string>,
    wanted = () => true,
  ) => {
    const process_ = new KeptProcess({
      name,
      script: join(dist, script),
      args,
      env: { ...process.env, ...environment, ...env },
      logFile: join(directory, 'logs', `${name.replace(' ', '-')}.log`),
      wanted,
      changed,
    });
    kept.set(name, process_);
    process_.start();
    return process_;
  };

  let watching = { close: () => undefined as void };
  const stop = async () => {
    watching.close();
    await Promise.all([...kept].filter(([name]) => name !== 'lab').map(([, process_]) => process_.stop()));
    await kept.get('lab')?.stop();
    await server.stop();
    changed();
  };
  try {
    if (options.lab && site !== null) {
      options.narrate('Starting the lab.');
      await keep(
        'lab',
        'lab/main.js',
        ['--dir', directory, '--site', site, '--pace', String(options.pace)],
        {},
      ).ready;
    }
    options.narrate('Starting the workers.');
    const embedded = server.embedded === null ? [] : ['--embedded', server.embedded];
    keep('control', 'worker.js', ['--control', '--dir', directory, ...embedded], {});
    if (options.lab) watching = await keepAgents({ directory, dist, embedded, hosts, kept, keep });
    await Promise.all([...kept.values()].map((process_) => process_.ready));
  } catch (error) {
    await stop();
    throw error;
  }
  changed();
  return { state, stop };
}

interface AgentKeeping {
  readonly directory: string;
  readonly dist: string;
  readonly embedded: readonly string[];
  readonly hosts: Record<string, 'up' | 'down'>;
  readonly kept: ReadonlyMap<string, KeptProcess>;
  readonly keep: (
    name: string,
    script: string,
    args: readonly string[],
    env: Record<string, string>,
    wanted: () => boolean,
  ) => KeptProcess;
}

/** An agent for each host of the lab, for as long as the lab says that its host is up. */
function keepAgents(keeping: AgentKeeping): Promise<{ close: () => void }> {
  const { directory, dist, embedded, hosts, kept, keep } = keeping;
  return new Promise((resolveFirst) => {
    const watching = watchLabHosts(directory, (heard) => {
      for (const [host, now] of Object.entries(heard)) {
        hosts[host] = now;
        const agent = kept.get(`agent ${host}`);
        if (!agent)
          keep(
            `agent ${host}`,
            'worker.js',
            ['--host', host, ...embedded],
            labEnvironment(directory, dist, host),
            () => hosts[host] === 'up',
          );
        else if (now === 'up') agent.start();
        else agent.kill();
      }
      resolveFirst(watching);
    });
  });
}

/** The embedded server, or one that somebody runs: nothing is started where TEMPORAL_* name one. */
class ServerKeeper {
  readonly address: string;
  readonly ui: string;
  /** The address for workers of an embedded server; null where the environment names the server. */
  readonly embedded: string | null;
  changed: () => void = () => undefined;
  private server: DevServer | null;
  private startingAgain: Promise<void> = Promise.resolve();
  private stopped = false;

  private constructor(address: string, ui: string, server: DevServer | null) {
    this.address = address;
    this.ui = ui;
    this.server = server;
    this.embedded = server === null ? null : address;
  }

  static async open(directory: string, narrate: (text: string) => void): Promise<ServerKeeper> {
    const configured = configuredServer();
    if (configured !== null) return new ServerKeeper(configured.address, '', null);
    const folder = join(directory, 'temporal');
    const running = await runningDevServer(folder);
    const program = running ? null : await findServerProgram({ narrate });
    const server =
      running ??
      (await startDevServer({
        program: program ?? { path: '' },
        directory: folder,
        narrate,
        ...keptPorts(directory),
      }));
    const keeper = new ServerKeeper(server.address, server.ui, server);
    keeper.watch(server, folder, narrate);
    return keeper;
  }

  get pid(): number | null {
    return this.server?.pid ?? null;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    // One that is just coming up would be left behind.
    await this.startingAgain;
    await this.server?.stop();
  }

  private watch(server: DevServer, folder: string, narrate: (text: string) => void): void {
    void server.exited.then(() => {
      this.server = null;
      if (this.stopped) return;
      this.changed();
      this.startingAgain = this.startAgain(server, folder, narrate);
    });
  }

  /** Under the same address, which the workers keep trying; a start that fails is tried again. */
  private async startAgain(
    { port, uiPort }: DevServer,
    folder: string,
    narrate: (text: string) => void,
  ): Promise<void> {
    while (!this.stopped) {
      try {
        const program = await findServerProgram({ narrate });
        this.server = await startDevServer({ program, directory: folder, port, uiPort, narrate });
        this.changed();
        return this.watch(this.server, folder, narrate);
      } catch (error) {
        narrate(error instanceof Error ? error.message : String(error));
        await delay(SERVER_PAUSE_MS);
      }
    }
  }
}

/** Workers that outlived an `up` look for the server where it was. */
function keptPorts(directory: string): { port?: number; uiPort?: number } {
  const before = readUpState(directory);
  const port = Number(before?.temporalAddress.split(':').at(-1));
  const uiPort = Number(before?.temporalUi.split(':').at(-1));
  return Number.isInteger(port) && Number.isInteger(uiPort) && port > 0 && uiPort > 0 ? { port, uiPort } : {};
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
