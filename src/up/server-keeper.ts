import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runningDevServer, startDevServer, type DevServer } from '../temporal/dev-server.ts';
import { findServerProgram } from '../temporal/server-program.ts';
import { configuredServer } from '../temporal/server-settings.ts';
import { readUpState } from './state.ts';

const SERVER_PAUSE_MS = 1_000;

/** The embedded server, or one that somebody runs: nothing is started where TEMPORAL_* name one. */
export class ServerKeeper {
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
