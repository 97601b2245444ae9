import { readFileSync } from 'node:fs';
import { scriptsFolder } from '../catalogue.ts';
import { join } from 'node:path';
import { isThere, memberOf } from './difference.ts';
import { runCommand } from './command-table.ts';
import { Commands, EndsHere } from './commands.ts';
import type { HandShell } from './hand-shell.ts';
import { parse, ParseFault, type Expression, type Reference, type Statement } from './parse.ts';

/** How a file ended: done, or at a restart of its host, which comes before everything else. */
export type HandOutcome = 'done' | 'restart';

/**
 * Runs a file of an export as the shell of its host would: what it says is what is done. Its functions must be those
 * of `by-hand.ps1`, letter for letter; a script that is none of the catalogue is unknown to the estate. Throws the
 * first error that ends it.
 */
export async function runHandFile(text: string, shell: HandShell): Promise<HandOutcome> {
  const window = new HandWindow(shell);
  try {
    await window.run(parse(withoutShared(text.replace(/^\uFEFF/, ''))));
    return 'done';
  } catch (error) {
    if (error instanceof EndsHere) return 'restart';
    throw error;
  }
}

const SHARED = /#region What every file shares\n([\s\S]*?)\n#endregion\n/;

function withoutShared(text: string): string {
  const [, shared] = SHARED.exec(text) ?? [];
  const own = readFileSync(join(scriptsFolder, 'by-hand', 'by-hand.ps1'), 'utf8').trimEnd();
  if (shared !== own) throw new ParseFault('What every file shares is not as it was written');
  return text.replace(SHARED, '');
}

/** The variables of one window, and what statements do to them. */
class HandWindow {
  private readonly variables = new Map<string, unknown>([
    ['seen', {}],
    ['true', true],
    ['false', false],
    ['null', null],
  ]);
  private readonly commands: Commands;

  constructor(shell: HandShell) {
    this.commands = new Commands(shell, {
      seen: () => this.variables.get('seen'),
      invoke: (block) => this.invoke(block),
    });
  }

  async run(statements: readonly Statement[]): Promise<unknown> {
    let last: unknown = null;
    for (const statement of statements) {
      if (statement.kind === 'say') last = await this.valueOf(statement.value);
      else if (statement.kind === 'assign') this.assign(statement.to, await this.valueOf(statement.value));
      else if (statement.kind === 'if') {
        if (await this.valueOf(statement.condition)) await this.run(statement.body);
      } else await this.loop(statement);
    }
    return last;
  }

  private async loop({ name, list, body }: Extract<Statement, { kind: 'foreach' }>): Promise<void> {
    const items = await this.valueOf(list);
    for (const item of Array.isArray(items) ? items.filter(isThere) : []) {
      this.variables.set(name.toLowerCase(), item);
      await this.run(body);
    }
  }

  private async invoke(block: unknown): Promise<unknown> {
    if (block instanceof ScriptBlock) return this.run(parse(block.text));
    throw new ParseFault('That is no script block');
  }

  /** A member that an object does not have cannot be set; a table takes it. */
  private assign({ name, path }: Reference, value: unknown): void {
    const last = path.at(-1);
    // What is given to $null is thrown away.
    if (name.toLowerCase() === 'null') return;
    if (last === undefined) return void this.variables.set(name.toLowerCase(), value);
    const holder = follow(this.variables.get(name.toLowerCase()), path.slice(0, -1));
    if (holder === null || typeof holder !== 'object')
      throw new TypeError(
        `The property '${last}' cannot be found on this object. Verify that the property exists and can be set.`,
      );
    const isTable = holder === this.variables.get('seen');
    if (!isTable && !(last in holder))
      throw new TypeError(
        `The property '${last}' cannot be found on this object. Verify that the property exists and can be set.`,
      );
    (holder as Record<string | number, unknown>)[last] = value;
  }

  private async valueOf(expression: Expression): Promise<unknown> {
    switch (expression.kind) {
      case 'text':
      case 'number':
        return expression.value;
      case 'json':
        return JSON.parse(expression.text) as unknown;
      case 'block':
        return new ScriptBlock(expression.text);
      case 'invoke':
        return this.invoke(await this.valueOf(expression.block));
      case 'reference':
        return this.referred(expression);
      case 'member':
        return follow(await this.valueOf(expression.of), expression.path);
      case 'list':
        return (await this.valuesOf(expression.items)).flat();
      case 'sum':
        return (await this.valuesOf(expression.parts)).map(asText).join('');
      case 'command':
        return runCommand(this.commands, expression.name, await this.parametersOf(expression.parameters));
    }
  }

  private referred({ name, path }: Reference): unknown {
    return follow(this.variables.get(name.toLowerCase()) ?? null, path);
  }

  private async valuesOf(expressions: readonly Expression[]): Promise<unknown[]> {
    const values: unknown[] = [];
    for (const one of expressions) values.push(await this.valueOf(one));
    return values;
  }

  private async parametersOf(given: ReadonlyMap<string, Expression>): Promise<ReadonlyMap<string, unknown>> {
    const values = new Map<string, unknown>();
    for (const [name, expression] of given) values.set(name, await this.valueOf(expression));
    return values;
  }
}

/** A block of the file, run where it is called; its text is the file's. */
export class ScriptBlock {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function follow(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof step === 'number') return Array.isArray(inner) ? (inner[step] ?? null) : null;
    return memberOf(inner, step);
  }, value);
}

function asText(value: unknown): string {
  return isThere(value) ? String(value) : '';
}
