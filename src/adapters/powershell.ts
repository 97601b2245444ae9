import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { PowerShellPort } from '../../activities/ports.ts';
import { POWERSHELL_FENCE_PRELUDE, powershellBehind } from '../../activities/scripts/fence.ts';
import {
  powershellScripts,
  type PowerShellName,
  type PowerShellParameters,
  type PowerShellResult,
} from '../../activities/scripts/index.ts';
import { failureOfPowerShell } from './powershell-errors.ts';
import { powershellLine } from './powershell-line.ts';
import { revealedJson } from './reveal.ts';
import { scriptText } from './script-files.ts';
import type { Shell, Shells } from './shells.ts';

/** PowerShell on one host for the length of one activity: one leased shell, and its fence once it changes something. */
export class LeasedPowerShell implements PowerShellPort {
  private readonly shells: Shells;
  private readonly host: string;
  private readonly computer: string | null;
  private readonly fenced: boolean;
  private shell: Shell | null = null;
  private hasFence = false;

  /**
   * `computer`: the machine to remote into; null where the worker stands on the host itself. `fenced`: also
   * looks are made behind the fence.
   */
  constructor(shells: Shells, host: string, computer: string | null, fenced: boolean) {
    this.shells = shells;
    this.host = host;
    this.computer = computer;
    this.fenced = fenced;
  }

  async run<Name extends PowerShellName>(
    name: Name,
    parameters: PowerShellParameters<Name>,
  ): Promise<PowerShellResult<Name>> {
    const isFenced = this.fenced || powershellScripts[name].effect === 'change';
    if (this.hasFence || !isFenced) return this.send(name, parameters);
    // Noted before it is taken: a fence that may be held is given back, or dies with the shell.
    this.hasFence = true;
    return this.send(name, parameters, 'takes it');
  }

  /** Ends the shell that somebody waits for: what hangs in it fails as lost, and its fence is free. */
  giveUp(): void {
    this.shell?.kill();
  }

  /** Gives the shell back after success, its fence released; after anything else the shell is ended. */
  async close(outcome: 'good' | 'bad'): Promise<void> {
    const { shell } = this;
    this.shell = null;
    if (!shell) return;
    if (outcome === 'good' && (await this.isReleased(shell))) this.shells.giveBack(this.host, shell);
    else shell.kill();
  }

  private async isReleased(shell: Shell): Promise<boolean> {
    if (!this.hasFence) return true;
    this.hasFence = false;
    try {
      this.shell = shell;
      await this.send('releaseFence', {});
      return true;
    } catch {
      // The shell is ended, and its fence with it.
      return false;
    } finally {
      this.shell = null;
    }
  }

  private async send<Name extends PowerShellName>(
    name: Name,
    parameters: PowerShellParameters<Name>,
    fence: 'nothing' | 'takes it' = 'nothing',
  ): Promise<PowerShellResult<Name>> {
    const script = powershellScripts[name];
    const line = powershellLine(
      textOf(script.file, fence),
      revealedJson(script.parameters.parse(parameters)),
      this.computer,
    );
    this.shell ??= this.shells.lease(this.host);
    const envelope = line.answerIn(await this.heard(this.shell, line.text, name));
    if (envelope === null) throw this.lost(name);
    if (!envelope.ok) throw failureOfPowerShell(envelope.error, name, this.host);
    const result = script.result.safeParse(envelope.data ?? {});
    if (result.success) return result.data as PowerShellResult<Name>;
    throw new TypeError(
      `${script.file} answered in another shape: ${result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  }

  private async heard(shell: Shell, line: string, name: string): Promise<string> {
    try {
      return await shell.send(line);
    } catch (error) {
      if (isMissingProgram(error)) {
        throw new OperatorError(
          'There is no PowerShell on this machine',
          'Install PowerShell 7, or set NODE_POWERSHELL to one, then retry.',
        );
      }
      throw this.lost(name);
    }
  }

  private lost(name: string): TransientError {
    return new TransientError(
      `The shell on ${this.host} ended in the middle of ${name}; what it did is not known`,
      'lost',
    );
  }
}

function textOf(file: string, fence: 'nothing' | 'takes it'): string {
  const text = scriptText('powershell', file);
  if (fence === 'nothing') return text;
  return powershellBehind(scriptText('powershell', POWERSHELL_FENCE_PRELUDE), text);
}

function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && error.message.includes('ENOENT');
}
