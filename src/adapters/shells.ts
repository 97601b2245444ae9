import { spawnSync } from 'node:child_process';
import { PowerShell } from 'node-powershell';

/** A PowerShell that is kept warm: a cold start costs a hundred times what a call costs. */
export class Shell {
  private readonly powershell: PowerShell;
  readonly pid: number | undefined;
  isGone = false;

  constructor() {
    this.powershell = new PowerShell({
      executableOptions: { '-NoProfile': true, '-NonInteractive': true },
      spawnOptions: { env: { ...process.env, NO_COLOR: '1' } },
      throwOnInvocationError: false,
    });
    this.pid = this.powershell['process'].pid;
    // It rejects when the shell ends badly, beside the call that was under way; unheard it would end the worker.
    this.powershell['exitPromise'].then(
      () => (this.isGone = true),
      () => (this.isGone = true),
    );
  }

  /** Sends one line and answers with what came on standard output. */
  async send(line: string): Promise<string> {
    try {
      const result = await this.powershell.invoke(line);
      return result.stdout?.toString('utf8') ?? '';
    } finally {
      // The library keeps every command for ever, and with it every secret that it carried.
      this.powershell.history.length = 0;
    }
  }

  /** Ends the shell and what it started, at once. */
  kill(): void {
    this.isGone = true;
    if (this.pid === undefined) return;
    try {
      if (process.platform === 'win32') spawnSync('taskkill', ['/T', '/F', '/PID', String(this.pid)]);
      else process.kill(this.pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
  }
}

/** Warm shells of one worker: leased, given back after success, killed after anything else. */
export class Shells {
  private readonly idle = new Map<string, Shell[]>();

  lease(host: string): Shell {
    const warm = this.idle.get(host)?.pop();
    if (warm && !warm.isGone) return warm;
    return warm ? this.lease(host) : new Shell();
  }

  giveBack(host: string, shell: Shell): void {
    if (shell.isGone) return;
    this.idle.set(host, [...(this.idle.get(host) ?? []), shell]);
  }

  close(): void {
    for (const shell of [...this.idle.values()].flat()) shell.kill();
    this.idle.clear();
  }
}
