import { blockEnd } from './block-end.ts';

/** What a file by hand is made of: as much of the language as such files use, and an error at anything else. */
export type Statement =
  | { readonly kind: 'assign'; readonly to: Reference; readonly value: Expression }
  | { readonly kind: 'say'; readonly value: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly body: readonly Statement[] }
  | {
      readonly kind: 'foreach';
      readonly name: string;
      readonly list: Expression;
      readonly body: readonly Statement[];
    };

export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'sum'; readonly parts: readonly Expression[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly path: Steps }
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'invoke'; readonly block: Expression }
  | Reference
  | Command;

type Steps = readonly (string | number)[];

export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly path: Steps;
}

export interface Command {
  readonly kind: 'command';
  readonly name: string;
  readonly parameters: ReadonlyMap<string, Expression>;
}

/** Throws a ParseFault at the first thing that it does not know. */
export function parse(text: string): readonly Statement[] {
  return new Parser(text).statements(() => false);
}

/** What the file says is not of the language that it is to be written in. */
export class ParseFault extends Error {
  override readonly name = 'ParseFault';
}

class Parser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  statements(isEnd: () => boolean): Statement[] {
    const found: Statement[] = [];
    for (this.skipBlank(); this.at < this.text.length && !isEnd(); this.skipBlank()) {
      found.push(this.statement());
    }
    return found;
  }

  private statement(): Statement {
    if (this.takes(/if \(/y)) {
      const condition = this.expression();
      this.need(/\) (?=\{)/y, ') {');
      return { kind: 'if', condition, body: parse(this.blockText()) };
    }
    const loop = this.takes(/foreach \(\$(\w+) in /y);
    if (loop) {
      const list = this.expression();
      this.need(/\) (?=\{)/y, ') {');
      return { kind: 'foreach', name: loop[1] ?? '', list, body: parse(this.blockText()) };
    }
    const value = this.expression();
    if (value.kind !== 'reference' || !this.takes(/ = /y)) return { kind: 'say', value };
    return { kind: 'assign', to: value, value: this.expression() };
  }

  private expression(): Expression {
    const parts = [this.operand()];
    while (this.takes(/ \+ /y)) parts.push(this.operand());
    const [first] = parts;
    return parts.length === 1 && first ? first : { kind: 'sum', parts };
  }

  private operand(): Expression {
    if (this.text.startsWith("@'\n", this.at)) return this.hereString();
    if (this.takes(/@\(/y)) return this.within({ kind: 'list', items: [this.expression()] });
    if (this.takes(/\(/y)) return this.within(this.expression());
    if (this.takes(/& /y)) return { kind: 'invoke', block: this.operand() };
    if (this.text[this.at] === '{') return { kind: 'block', text: this.blockText() };
    const quoted = this.takes(/'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'/y);
    if (quoted) return { kind: 'text', value: unquoted(quoted[1] ?? '') };
    const count = this.takes(/-?\d+\b/y);
    if (count) return { kind: 'number', value: Number(count[0]) };
    const variable = this.takes(/\$(\w+)/y);
    if (variable) return { kind: 'reference', name: variable[1] ?? '', path: this.path() };
    return this.command();
  }

  private within(inner: Expression): Expression {
    this.need(/\)/y, ')');
    const path = this.path();
    return path.length === 0 ? inner : { kind: 'member', of: inner, path };
  }

  private path(): Steps {
    const path: (string | number)[] = [];
    for (;;) {
      const member = this.takes(/\.(\w+)|\.'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'|\[(\d+)\]/y);
      if (!member) return path;
      const [, plain, quoted, index] = member;
      path.push(index === undefined ? (plain ?? unquoted(quoted ?? '')) : Number(index));
    }
  }

  private command(): Command {
    const [name] = this.need(/[A-Z][a-z]+-[A-Za-z]+/y, 'a command');
    const parameters = new Map<string, Expression>();
    for (;;) {
      const parameter = this.takes(/ -([A-Z]\w*) /y);
      if (!parameter) return { kind: 'command', name, parameters };
      const items = [this.operand()];
      while (this.takes(/, /y)) items.push(this.operand());
      const [only] = items;
      parameters.set(parameter[1] ?? '', items.length === 1 && only ? only : { kind: 'list', items });
    }
  }

  private hereString(): Expression {
    const end = this.text.indexOf("\n'@", this.at);
    if (end === -1) throw this.fault('the end of a here-string');
    const value = this.text.slice(this.at + 3, end);
    this.at = end + 3;
    return this.takes(/ \| ConvertFrom-Json/y) ? { kind: 'json', text: value } : { kind: 'text', value };
  }

  private blockText(): string {
    const start = this.at;
    this.at = blockEnd(this.text, start);
    return this.text.slice(start + 1, this.at - 1);
  }

  private skipBlank(): void {
    this.takes(/(?:\s|#[^\n]*(?:\n|$))+/y);
  }

  private need(pattern: RegExp, what: string): RegExpExecArray {
    const found = this.takes(pattern);
    if (found) return found;
    throw this.fault(what);
  }

  private takes(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private fault(what: string): ParseFault {
    const line = this.text.slice(0, this.at).split('\n').length;
    const [here = ''] = this.text.slice(this.at).split('\n');
    return new ParseFault(`Line ${line}: ${what} is expected before "${here.slice(0, 60)}"`);
  }
}

/** Source: *about_Quoting_Rules*; a typographic quote counts as one too. */
function unquoted(text: string): string {
  return text.replaceAll(/(['\u2018-\u201b])\1/g, '$1');
}
