import { join } from 'node:path';
import { labEnvironment } from './lab-programs.ts';
import { KeptProcess } from './processes.ts';
import type { UpState } from './state.ts';
import { watchLabHosts } from './watch-lab.ts';

/** Where the programs of one `up` live, and what all of them are given. */
export interface ProgramSetting {
  readonly directory: string;
  /** Folder of the built programs. */
  readonly dist: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The address of an embedded server; null where the environment names the server. */
  readonly server: string | null;
  readonly changed: () => void;
}

/** The page beside the command line. */
export interface ControlRoomWish {
  readonly port: number;
  /** Who signs in by the link of the folder. */
  readonly owner: string;
  /** Where a browser finds it, with a slash at the end. */
  readonly address: string;
}

interface Wish {
  readonly script: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly wanted?: () => boolean;
}

/** The lab, the control worker and the agents of one `up`: each is started again when it ends. */
export class KeptPrograms {
  private readonly setting: ProgramSetting;
  private readonly kept = new Map<string, KeptProcess>();
  private readonly hosts: Record<string, 'up' | 'down'> = {};
  private watching: { close(): void } = { close: () => undefined };

  constructor(setting: ProgramSetting) {
    this.setting = setting;
  }

  /** Ids of the processes as they are now. */
  get processes(): Omit<UpState['processes'], 'server'> {
    const pidOf = (name: string) => this.kept.get(name)?.pid ?? null;
    return {
      lab: pidOf('lab'),
      control: pidOf('control'),
      controlRoom: pidOf('control room'),
      agents: Object.fromEntries(Object.keys(this.hosts).map((host) => [host, pidOf(agentOf(host))])),
    };
  }

  /** Answers when the lab is ready. */
  keepLab(site: string, pace: number, estate: string | null): Promise<void> {
    const begun = estate === null ? [] : ['--estate', estate];
    const args = ['--dir', this.setting.directory, '--site', site, '--pace', String(pace), ...begun];
    return this.keep('lab', { script: 'lab/main.js', args }).ready;
  }

  keepControlWorker(): void {
    this.keep('control', this.worker(['--control', '--dir', this.setting.directory]));
  }

  keepControlRoom({ port, owner }: ControlRoomWish): void {
    const args = ['--dir', this.setting.directory, '--port', String(port), '--owner', owner];
    this.keep('control room', { script: 'control-room.js', args });
  }

  /** An agent for each host of the lab, for as long as the lab says that its host is up. */
  keepAgents(): Promise<void> {
    return new Promise((resolve) => {
      this.watching = watchLabHosts(this.setting.directory, (heard) => {
        for (const [host, now] of Object.entries(heard)) this.hear(host, now);
        resolve();
      });
    });
  }

  /** Answers when each has said for the first time that it is ready; fails when one never comes up. */
  async ready(): Promise<void> {
    await Promise.all([...this.kept.values()].map((process_) => process_.ready));
  }

  /** The lab goes last: the others still speak to it. */
  async stop(): Promise<void> {
    this.watching.close();
    const others = [...this.kept].filter(([name]) => name !== 'lab');
    await Promise.all(others.map(([, process_]) => process_.stop()));
    await this.kept.get('lab')?.stop();
  }

  private hear(host: string, now: 'up' | 'down'): void {
    this.hosts[host] = now;
    const agent = this.kept.get(agentOf(host));
    if (!agent) this.keepAgent(host);
    else if (now === 'up') agent.start();
    else agent.kill();
  }

  private keepAgent(host: string): void {
    const { directory, dist } = this.setting;
    this.keep(agentOf(host), {
      ...this.worker(['--host', host]),
      env: labEnvironment(directory, dist, host),
      wanted: () => this.hosts[host] === 'up',
    });
  }

  private worker(args: readonly string[]): Wish {
    const { server } = this.setting;
    return { script: 'worker.js', args: server === null ? args : [...args, '--embedded', server] };
  }

  private keep(name: string, { script, args, env = {}, wanted = () => true }: Wish): KeptProcess {
    const { directory, dist, environment, changed } = this.setting;
    const process_ = new KeptProcess({
      name,
      script: join(dist, script),
      args,
      env: { ...process.env, ...environment, ...env },
      logFile: join(directory, 'logs', `${name.replace(' ', '-')}.log`),
      wanted,
      changed,
    });
    this.kept.set(name, process_);
    process_.start();
    return process_;
  }
}

function agentOf(host: string): string {
  return `agent ${host}`;
}
