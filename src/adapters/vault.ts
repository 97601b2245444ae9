import type { PowerShellPort, VaultPort } from '../../activities/ports.ts';
import type { Secret } from '../../activities/secret.ts';

/**
 * What undo needs and history must not hold, kept on the host itself in a file that only this machine can
 * read (DPAPI, machine scope) and only administrators may open.
 */
export class Vault implements VaultPort {
  private readonly powershell: PowerShellPort;

  constructor(powershell: PowerShellPort) {
    this.powershell = powershell;
  }

  async keep(key: string, value: Secret): Promise<void> {
    await this.powershell.run('keepSecret', { key, value });
  }

  async recall(key: string): Promise<Secret | null> {
    return (await this.powershell.run('recallSecret', { key })).value;
  }

  async forget(key: string): Promise<void> {
    await this.powershell.run('forgetSecret', { key });
  }
}
