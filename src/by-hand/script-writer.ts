import type { SqlTarget } from '../../activities/ports.ts';
import type { Access, Json, PlannedStep } from '../../workflows/contract.ts';
import { headOf, scriptAssigned } from './catalogue-text.ts';
import { FINDS_THE_CATALOG, NOT_YET, OF_THE_TOOL, PENDING_RESTART, WAITS } from './manners.ts';
import type { Performed } from './perform-on-paper.ts';
import { comment, jsonObject, literal, member } from './powershell-text.ts';
import { keyOf, type Call } from './recording.ts';
import type { Turn } from './replay.ts';
import type { Place, Source, Sources } from './sources.ts';
import { isSame, leavesOf, valueAt, type Path } from './values.ts';

/** A secret of the site: what stands for it on paper, and what a person is asked for. */
export interface PaperSecret {
  readonly name: string;
  readonly value: string;
}

export interface Setting {
  readonly planned: PlannedStep;
  readonly access: Access;
  readonly secrets: readonly PaperSecret[];
  readonly performed: Performed;
  readonly sources: Readonly<Record<Turn, Sources>>;
  /** The questions whose answers the step's judgement turns on. */
  readonly judged: ReadonlySet<string>;
  /** The file that restarts the host. */
  readonly restartFile: string;
}

/** One call of a turn. */
export interface Made {
  readonly turn: Turn;
  readonly at: number;
  readonly call: Call;
}

/** A statement with what it names; null where it changes something. */
interface Written {
  readonly text: string;
  readonly names: string | null;
  readonly isNeeded: boolean;
}

/** Writes the calls of one step as statements, and keeps account of what they name. */
export class ScriptWriter {
  private readonly setting: Setting;
  /** By turn and question: what is asked before the change and after it is one look. */
  private readonly names = new Map<string, string>();
  private readonly used = new Map<string, Pick<Call, 'kind' | 'name'>>();
  private hasFoundHome = false;
  /** The list whose items a loop goes through just now. */
  private item: Place | null = null;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  /** The name under which the answer of a call is held; null where it is not looked at. */
  nameOf(turn: Turn, at: number): string | null {
    const call = this.setting.performed[turn][at];
    return (call && this.names.get(nameKey(turn, call))) ?? null;
  }

  /** A block that looks. `late`: calls that can be answered only after the change. */
  looks(made: readonly Made[], late: ReadonlySet<Call>): string {
    return made
      .flatMap((one) => {
        const text = this.look(one);
        if (text === null) return [];
        return [late.has(one.call) ? `Invoke-Late -Look {\n${text}\n}` : text];
      })
      .join('\n');
  }

  /** A block that changes; of its looks, those that something behind them reads. */
  change(made: readonly Made[], conditionOf: (one: Made) => string | null): string {
    const written = grouped(made).flatMap((group) => {
      const [first] = group;
      const list = first && this.listFor(group);
      if (first && list) return [this.forEach(first, list, conditionOf(first))];
      return group.flatMap((one) => this.onTheWay(one, conditionOf(one)));
    });
    const isRead = (name: string, from: number) =>
      written.slice(from).some(({ text }) => new RegExp(`\\$seen\\.${name}\\b`).test(text));
    return written
      .filter(({ names, isNeeded }, at) => isNeeded || names === null || isRead(names, at + 1))
      .map(({ text }) => text)
      .join('\n');
  }

  /** The texts of all scripts that were named so far. */
  scripts(): string {
    return [...this.used.values()].map(scriptAssigned).join('\n\n');
  }

  /** The place of a value in what was seen; an item of a list is told by what it is called, or must be the only one. */
  expressionOf({ turn, at, path }: Place): string | null {
    const name = this.nameOf(turn, at);
    const answer = this.setting.performed[turn][at]?.answer;
    if (name === null) return null;
    const { item } = this;
    const isOfItem =
      item && item.turn === turn && item.at === at && isSame(path.slice(0, item.path.length), item.path);
    let text = isOfItem ? '$item' : `$seen${member(name)}`;
    for (const [depth, step] of path.entries()) {
      if (isOfItem && depth <= item.path.length) continue;
      if (typeof step === 'string') text += member(step);
      else text = `(Get-One -Items ${text}${this.tellingName(valueAt(answer, path.slice(0, depth)), step)})`;
    }
    return text;
  }

  /** What only this item of the list is called, in a word of the site. */
  private tellingName(list: unknown, at: number): string {
    const item: unknown = Array.isArray(list) ? list[at] : null;
    if (!Array.isArray(list) || list.length < 2 || item === null || typeof item !== 'object') return '';
    for (const [name, value] of Object.entries(item)) {
      const isOnly = list.filter((one) => isSame(valueAt(one, [name]), value)).length === 1;
      if (typeof value === 'string' && isOnly && this.isKnown(value))
        return ` -Where ${literal(name)} -Is ${literal(value)}`;
    }
    return '';
  }

  /** Whether an item of a list with several cannot be told from the others but by a person. */
  isAmbiguous({ turn, at, path }: Place): boolean {
    const answer = this.setting.performed[turn][at]?.answer;
    return path.some((step, depth) => {
      const list = valueAt(answer, path.slice(0, depth));
      return (
        typeof step === 'number' &&
        Array.isArray(list) &&
        list.length > 1 &&
        this.tellingName(list, step) === ''
      );
    });
  }

  /** A word of the site, or of the questions that are asked because of it. */
  private isKnown(value: string): boolean {
    const { planned, performed } = this.setting;
    const asked = [...performed.looks, ...performed.looksAfter].map(({ given }) => given);
    return JSON.stringify([planned.input, asked])
      .toLowerCase()
      .includes(JSON.stringify(value).slice(1, -1).toLowerCase());
  }

  /** The list that a row of calls of one script goes through, one call for each item. */
  private listFor(group: readonly Made[]): Place | null {
    const [first] = group;
    const lists = group.map(({ turn, at }, index) => {
      const sources = [...(this.setting.sources[turn][at]?.values() ?? [])];
      const places = sources.flatMap((source) =>
        source.kind === 'seen' ? [listAround(source.place, index)] : [],
      );
      return places.length === sources.length && places.length > 0 ? places : [null];
    });
    const [list] = lists.flat();
    if (!first || !list || group.length < 2 || lists.flat().some((other) => !isSame(other, list)))
      return null;
    const items = valueAt(this.setting.performed[list.turn][list.at]?.answer, list.path);
    const isPlain = group.every((one) => isSame(this.plainOf(one), this.plainOf(first)));
    return isPlain && Array.isArray(items) && items.length === group.length ? list : null;
  }

  private plainOf({ turn, at, call }: Made): unknown {
    const paths = [...(this.setting.sources[turn][at]?.keys() ?? [])].map((path) => JSON.parse(path) as Path);
    return paths.reduce<unknown>((plain, path) => blanked(plain, path), call.given);
  }

  private forEach(made: Made, list: Place, condition: string | null): Written {
    const expression = this.expressionOf(list);
    if (expression === null) return { text: this.run(made, null), names: null, isNeeded: true };
    this.item = list;
    const text = `foreach ($item in @(${expression})) {\n${this.run(made, null)}\n}`;
    this.item = null;
    return {
      text: condition === null ? text : `if (${condition}) {\n${text}\n}`,
      names: null,
      isNeeded: true,
    };
  }

  private onTheWay(made: Made, condition: string | null): Written[] {
    const { call } = made;
    if (OF_THE_TOOL.has(call.name) || this.isFinding(call)) return [];
    if (call.effect === 'change') {
      const text = [...this.pause(call), this.run(made, null)].join('\n');
      const whole = condition === null ? text : `if (${condition}) {\n${text}\n}`;
      return [{ text: whole, names: null, isNeeded: true }];
    }
    const text = this.look(made);
    const names = this.nameOf(made.turn, made.at);
    if (text === null || names === null) return [];
    const wait = WAITS[call.name];
    if (!wait) return [{ text, names, isNeeded: false }];
    const block = [
      `Wait-Until -What ${literal(wait.until)} -Minutes ${wait.minutes} -Look {\n${text}\n} -Wanted {`,
      `$want = ${jsonObject({ [names]: wait.wanted })}\n$want\n}`,
      ...(wait.judgedBy ? [`${wait.judgedBy} -Ended $seen.${names}`] : []),
    ];
    return [{ text: block.join('\n'), names, isNeeded: true }];
  }

  /** A drill goes from place to place: each move waits for a person who has seen that the one before is over. */
  private pause(call: Call): string[] {
    if (this.setting.planned.proves === null) return [];
    const question = `Next: ${headOf(call)} Go on once what came before has taken effect everywhere and no package runs?`;
    return [`Confirm-ByHand -Question ${literal(question)}`];
  }

  private look(made: Made): string | null {
    const { call, turn } = made;
    if (OF_THE_TOOL.has(call.name)) return null;
    const found = this.isFinding(call) ? this.findHome(call) : null;
    if (this.isFinding(call) && !this.setting.judged.has(keyOf(call))) return found;
    const name = this.names.get(nameKey(turn, call)) ?? this.freeName(call.name);
    const text = [...(found === null ? [] : [found]), this.run(made, name)].join('\n');
    this.names.set(nameKey(turn, call), name);
    const notYet = NOT_YET[call.name];
    if (notYet && turn === 'looksAfter' && valueAt(call.answer, [notYet.member]) === null)
      return `${text}\nAssert-NotYet -Seen $seen.${name}${member(notYet.member)} -What ${literal(notYet.what)}`;
    if (call.name !== PENDING_RESTART || this.setting.planned.kind === 'check') return text;
    return `${text}\nStop-ForRestart -Pending $seen.${name} -File ${literal(this.setting.restartFile)}`;
  }

  private isFinding(call: Call): boolean {
    return FINDS_THE_CATALOG.has(call.name) && call.target !== null;
  }

  /** All replicas are asked who is primary, once: every statement of the file goes where that was on paper. */
  private findHome(call: Call): string | null {
    if (this.hasFoundHome) return null;
    this.hasFoundHome = true;
    const { planned, performed } = this.setting;
    const calls = [...performed.looksAfter, ...performed.looks].filter((one) => this.isFinding(one));
    const primary = calls.find(({ answer }) => valueAt(answer, ['isPrimary']) === true) ?? call;
    const servers = serversIn(planned.input) ?? [call.target?.server ?? ''];
    this.use(call);
    return `Find-Catalog -Statement $${call.name} -Servers ${servers.map(literal).join(', ')} -Port ${call.target?.port ?? 0} -Verify ${this.verify()} -Expected ${literal(primary.target?.server ?? '')}`;
  }

  private run(made: Made, name: string | null): string {
    const { call } = made;
    this.use(call);
    const says = headOf(call);
    const lines = says === '' ? [] : [comment(says)];
    const hasParameters = Object.keys(call.given as object).length > 0;
    if (hasParameters) lines.push(...this.given(made));
    const given = hasParameters ? ' -Given $given' : '';
    const invoked =
      call.kind === 'powershell'
        ? `Invoke-Script -Script $${call.name}${given}`
        : `Invoke-Statement -Statement $${call.name} ${this.where(call.target)} -Verify ${this.verify()}${given}`;
    lines.push(name === null ? `$null = ${invoked}` : `$seen${member(name)} = ${invoked}`);
    return lines.join('\n');
  }

  private given({ turn, at, call }: Made): string[] {
    const filled: string[] = [];
    let plain: unknown = call.given;
    for (const { path, value } of leavesOf(call.given)) {
      // Where a drill goes was decided on paper: it leads back to where it began.
      const isMove = call.effect === 'change' && this.setting.planned.proves !== null;
      const source = isMove ? undefined : this.setting.sources[turn][at]?.get(JSON.stringify(path));
      const origin = this.ofSecret(value) ?? (source ? this.ofSource(source, call, path) : null);
      if (origin === null) continue;
      plain = blanked(plain, path);
      filled.push(`$given${placeIn(path)} = ${origin}`);
    }
    return [`$given = ${jsonObject(plain)}`, ...filled];
  }

  private ofSource(source: Source, call: Call, path: Path): string {
    const expression = source.kind === 'seen' ? this.expressionOf(source.place) : null;
    if (source.kind === 'unknown' || expression === null) {
      const name = literal(`${call.name}: ${path.join('.')}`);
      return `(Get-Value -Name ${name} -What 'This value is made on the day: type what the looks above show')`;
    }
    const { before, after } = source;
    if (before === '' && after === '') return expression;
    return concatenated([
      before === '' ? null : literal(before),
      expression,
      after === '' ? null : literal(after),
    ]);
  }

  /** A text with a secret in it; in a connection string that is in quotation marks where it needs them. */
  private ofSecret(value: unknown): string | null {
    if (typeof value !== 'string') return null;
    const found = this.setting.secrets
      .filter((secret) => secret.value !== '' && value.includes(secret.value))
      .toSorted((one, other) => other.value.length - one.value.length)[0];
    if (!found) return null;
    const clear = `(Get-Secret -Name ${literal(found.name)})`;
    if (value === found.value) return clear;
    const [before = '', ...rest] = value.split(found.value);
    return concatenated([
      literal(before),
      `(Format-ConnectionValue -Value ${clear})`,
      literal(rest.join(found.value)),
    ]);
  }

  private where(target: SqlTarget | null): string {
    const { planned, access } = this.setting;
    const own = { server: `${planned.host}.${access.domain}`.toLowerCase(), port: access.instance.port };
    const { server, port } = target ?? own;
    return `-Server ${literal(server)} -Port ${port}`;
  }

  private verify(): string {
    return this.setting.access.tls.verify ? '$true' : '$false';
  }

  private use({ kind, name }: Call): void {
    this.used.set(name, { kind, name });
  }

  private freeName(name: string): string {
    const taken = new Set([...this.names.values()].filter((held) => held.replace(/\d+$/, '') === name)).size;
    return taken === 0 ? name : `${name}${taken + 1}`;
  }
}

function concatenated(parts: readonly (string | null)[]): string {
  return `(${parts.filter((part) => part !== null).join(' + ')})`;
}

function nameKey(turn: Turn, call: Call): string {
  return `${turn === 'work' ? 'change' : 'look'} ${keyOf(call)}`;
}

function placeIn(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : member(step))).join('');
}

function blanked(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return null;
  if (Array.isArray(value))
    return value.map((item, at): unknown => (at === step ? blanked(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [
      name,
      name === step ? blanked(inner, rest) : inner,
    ]),
  );
}

/** The nodes whose engines a step may ask, as its slice of the site names them. */
function serversIn(input: Json): readonly string[] | null {
  if (input === null || typeof input !== 'object') return null;
  if (!Array.isArray(input)) {
    const { nodes, domain } = input as Readonly<Record<string, Json>>;
    if (Array.isArray(nodes) && typeof domain === 'string')
      return nodes.map((node) => `${String(node)}.${domain}`.toLowerCase());
  }
  for (const inner of Object.values(input)) {
    const found = serversIn(inner as Json);
    if (found) return found;
  }
  return null;
}

/** Calls of one script that follow on one another. */
function grouped(made: readonly Made[]): readonly (readonly Made[])[] {
  const groups: Made[][] = [];
  for (const one of made) {
    const last = groups.at(-1);
    if (one.call.effect === 'change' && last?.[0]?.call.name === one.call.name) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** The list that holds a place, where that is in its n-th item. */
function listAround({ turn, at, path }: Place, index: number): Place | null {
  const depth = path.findIndex((step) => step === index);
  return depth === -1 ? null : { turn, at, path: path.slice(0, depth) };
}
