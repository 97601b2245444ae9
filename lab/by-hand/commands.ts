import { isThere, differencesOf, inWords, memberOf } from './difference.ts';
import { listOf, messageOf, sameText, text, type Given } from './given.ts';
import type { HandShell } from './hand-shell.ts';
import { PowerShellRefusal } from '../scene.ts';

/** What the functions need of the window that runs them. */
export interface Window {
  readonly seen: () => unknown;
  readonly invoke: (block: unknown) => Promise<unknown>;
}

/** The file ends here, and is to be run again after a restart. */
export class EndsHere extends Error {
  override readonly name = 'EndsHere';
}

/** The functions of `by-hand.ps1`, as they are there. */
export class Commands {
  private readonly shell: HandShell;
  private readonly window: Window;
  private readonly kept = new Map<string, string>();
  private missing: readonly string[] = [];

  constructor(shell: HandShell, window: Window) {
    this.shell = shell;
    this.window = window;
  }

  startStep(given: Given): void {
    const { computerName } = this.shell;
    this.shell.say(`== ${text(given, 'Title')}, on ${text(given, 'ComputerName')}`);
    if (computerName.toLowerCase() === text(given, 'ComputerName').toLowerCase()) return;
    throw new PowerShellRefusal(
      `This file is for ${text(given, 'ComputerName')}, and this is ${computerName}: run it there.`,
    );
  }

  show(what: unknown): void {
    this.shell.say(inWords(what));
  }

  async confirm(question: string): Promise<void> {
    if ((await this.shell.ask(`${question} (yes to go on)`, false)) === 'yes') return;
    throw new PowerShellRefusal('Not agreed to: it ends here.');
  }

  async asked(name: string, question: string, isSecret: boolean): Promise<string> {
    const known = this.kept.get(name) ?? (await this.shell.ask(question, isSecret));
    this.kept.set(name, known);
    return known;
  }

  async invokeScript(given: Given): Promise<unknown> {
    const script = given.get('Script');
    const body = script !== null && typeof script === 'object' && 'text' in script ? String(script.text) : '';
    return this.shell.powershell(body, given.get('Given') ?? {});
  }

  async invokeStatement(given: Given, server = text(given, 'Server')): Promise<unknown> {
    const answer = await this.shell.sql({
      server,
      port: Number(given.get('Port')),
      verify: given.get('Verify') === true,
      text: text(given, 'Statement'),
      values: JSON.stringify(given.get('Given') ?? {}),
    });
    return answer === null ? null : JSON.parse(answer);
  }

  async findCatalog(given: Given): Promise<void> {
    const expected = text(given, 'Expected');
    let primary: string | null = null;
    let isInGroup = false;
    for (const server of listOf(given.get('Servers')).map(String)) {
      try {
        const state = await this.invokeStatement(given, server);
        if (memberOf(state, 'isPrimary') === true) primary = server;
        isInGroup ||= Boolean(memberOf(state, 'inGroup') ?? memberOf(state, 'isPrimary') === false);
      } catch (error) {
        this.shell.say(`${server} does not answer: ${messageOf(error)}`);
      }
    }
    if (primary === null && isInGroup)
      throw new PowerShellRefusal(
        'No replica of SSISDB is primary: bring the availability group online, then run this file again.',
      );
    if (primary !== null && primary.toLowerCase() !== expected.toLowerCase())
      throw new PowerShellRefusal(
        `SSISDB is primary on ${primary}, and this file writes to ${expected}. Once no package runs, run this on ${expected}, and then this file again: ALTER AVAILABILITY GROUP [${text(given, 'Group').replaceAll(']', ']]')}] FAILOVER`,
      );
  }

  async getOne(given: Given): Promise<unknown> {
    const where = given.get('Where');
    const all = listOf(given.get('Items')).filter(isThere);
    const found =
      typeof where === 'string'
        ? all.filter((item) => sameText(memberOf(item, where), given.get('Is')))
        : all;
    if (found.length === 1) return found[0];
    if (found.length === 0)
      throw new PowerShellRefusal(
        'What this file needs was not found by its looks: see what it has printed.',
      );
    found.forEach((item, at) => this.shell.say(`[${at}] ${inWords(item)}`));
    return found[
      Number(await this.shell.ask('Several fit: type the number of the one that is meant', false))
    ];
  }

  async invokeLate(given: Given): Promise<void> {
    try {
      await this.window.invoke(given.get('Look'));
    } catch (error) {
      this.shell.say(`Not to be seen yet: ${messageOf(error)}`);
    }
  }

  async getWanted(given: Given): Promise<unknown> {
    try {
      const value = await this.window.invoke(given.get('From'));
      if (isThere(value) && value !== '') return value;
    } catch (error) {
      this.shell.say(`Not to be seen yet: ${messageOf(error)}`);
    }
    return { '(any)': true };
  }

  async waitUntil(given: Given): Promise<void> {
    const what = text(given, 'What');
    const minutes = Number(given.get('Minutes'));
    for (let looks = 0; ; looks += 1) {
      await this.window.invoke(given.get('Look'));
      const missing = await this.missingOf(given.get('Wanted'));
      if (missing.length === 0) return;
      this.shell.say(`Waiting until ${what}: ${missing.join('; ')}`);
      if (looks >= minutes * LOOKS_A_MINUTE)
        return this.confirm(`After ${minutes} minutes it is not so that ${what}. Go on all the same?`);
      await this.shell.pause();
    }
  }

  assertSetup(given: Given): void {
    const code = Number(memberOf(given.get('Ended'), 'exitCode'));
    if (code !== 0 && (code & 0xffff) !== 3010) throw new PowerShellRefusal(`Setup ended with ${code}`);
  }

  assertNotYet(given: Given): void {
    if (!isThere(given.get('Seen'))) return;
    throw new PowerShellRefusal(
      `${text(given, 'What')} is there already: this file was for the time before it, and changes nothing any more.`,
    );
  }

  async stopForRestart(given: Given): Promise<void> {
    const reasons = listOf(memberOf(given.get('Pending'), 'reasons')).map((reason) =>
      memberOf(reason, 'says'),
    );
    if (reasons.length === 0 || this.kept.has('restart later')) return;
    this.shell.say(`A restart of this host pends: ${reasons.join('; ')}`);
    const question = `Type go on to leave it for later; anything else ends here, and ${text(given, 'File')} restarts it`;
    if ((await this.shell.ask(question, false)) !== 'go on') throw new EndsHere();
    this.kept.set('restart later', 'yes');
  }

  async completeStep(given: Given): Promise<void> {
    await this.window.invoke(given.get('Look'));
    const missing = await this.missingOf(given.get('Wanted'));
    if (missing.length === 0) return this.shell.say('In place.');
    missing.forEach((line) => this.shell.say(`Missing: ${line}`));
    await this.confirm(text(given, 'Question'));
    this.missing = missing;
    await this.window.invoke(given.get('Change'));
    await this.waitUntil(new Map([...given, ['What', 'it is in place']]));
    this.shell.say('Done.');
  }

  async testStep(given: Given): Promise<void> {
    await this.window.invoke(given.get('Look'));
    const missing = await this.missingOf(given.get('Wanted'));
    if (missing.length === 0) return this.shell.say('In order.');
    missing.forEach((line) => this.shell.say(`Differs: ${line}`));
    await this.confirm(`${text(given, 'Advice')} Go on although it differs?`);
  }

  testMissing(given: Given): boolean {
    const of = listOf(given.get('Of')).map(String);
    const gone = listOf(given.get('Gone')).map(String);
    return this.missing.some((line) => {
      const [path = ''] = line.split(' ');
      if (path === 'What') return true;
      if (of.some((part) => path === part || path.startsWith(`${part}.`) || part.startsWith(`${path}.`)))
        return true;
      return (
        line === `${path} is not there` && gone.some((part) => path === part || part.startsWith(`${path}.`))
      );
    });
  }

  private async missingOf(wanted: unknown): Promise<string[]> {
    try {
      const want = await this.window.invoke(wanted);
      return differencesOf(this.window.seen(), want, '');
    } catch (error) {
      return [`What is wanted cannot be told yet: ${messageOf(error)}`];
    }
  }
}

/** Every ten seconds. */
const LOOKS_A_MINUTE = 6;
