import type { SqlTarget } from '../../activities/ports.ts';
import type { Json } from '../../workflows/contract.ts';
import { headOf, scriptAssigned } from './catalogue-text.ts';
import { grouped, listFor } from './loops.ts';
import { FINDS_THE_CATALOG, NOT_YET, OF_THE_TOOL, PENDING_RESTART, WAITS } from './manners.ts';
import { parametersOf } from './parameters.ts';
import { comment, jsonObject, literal, member } from './powershell-text.ts';
import { keyOf, type Call } from './recording.ts';
import type { SeenNames } from './seen-names.ts';
import type { Made, Setting } from './setting.ts';
import type { Place } from './sources.ts';
import { valueAt } from './values.ts';

/** A statement with what it names; null where it changes something. */
interface Written {
  readonly text: string;
  readonly names: string | null;
  readonly isNeeded: boolean;
}

/** Writes the calls of one step as statements, and keeps account of the scripts that they run. */
export class ScriptWriter {
  private readonly setting: Setting;
  private readonly names: SeenNames;
  private readonly used = new Map<string, Pick<Call, 'kind' | 'name'>>();
  private hasFoundHome = false;

  constructor(setting: Setting, names: SeenNames) {
    this.setting = setting;
    this.names = names;
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
      const list = first && listFor(group, this.setting);
      if (first && list) return [this.forEach(first, list, conditionOf(first))];
      return group.flatMap((one) => this.onTheWay(one, conditionOf(one)));
    });
    const isRead = (name: string, from: number) =>
      written.slice(from).some(({ text }) => new RegExp(String.raw`\$seen\.${name}\b`).test(text));
    return written
      .filter(({ names, isNeeded }, at) => isNeeded || names === null || isRead(names, at + 1))
      .map(({ text }) => text)
      .join('\n');
  }

  /** The texts of all scripts that were named so far. */
  scripts(): string {
    return [...this.used.values()].map(scriptAssigned).join('\n\n');
  }

  private forEach(made: Made, list: Place, condition: string | null): Written {
    const run = this.names.inLoop(list, () => this.run(made, null));
    const text = `foreach ($item in @(${this.names.expressionOf(list) ?? '$null'})) {\n${run}\n}`;
    return { text: conditional(condition, text), names: null, isNeeded: true };
  }

  private onTheWay(made: Made, condition: string | null): Written[] {
    const { call } = made;
    if (OF_THE_TOOL.has(call.name) || isFinding(call)) return [];
    if (call.effect === 'change') {
      const text = [...this.pause(call), this.run(made, null)].join('\n');
      return [{ text: conditional(condition, text), names: null, isNeeded: true }];
    }
    const text = this.look(made);
    const names = this.names.nameOf(made.turn, made.at);
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
    const found = isFinding(call) ? this.findHome(call) : null;
    if (isFinding(call) && !this.setting.judged.has(keyOf(call))) return found;
    return this.names.name(turn, call, (name) =>
      [...(found === null ? [] : [found]), this.run(made, name), ...this.refusals(made, name)].join('\n'),
    );
  }

  /** What ends a file as soon as it is seen. */
  private refusals({ call, turn }: Made, name: string): string[] {
    const { planned, restartFile } = this.setting;
    const notYet = NOT_YET[call.name];
    if (notYet && turn === 'looksAfter' && valueAt(call.answer, [notYet.member]) === null)
      return [`Assert-NotYet -Seen $seen.${name}${member(notYet.member)} -What ${literal(notYet.what)}`];
    if (call.name !== PENDING_RESTART || planned.kind === 'check') return [];
    return [`Stop-ForRestart -Pending $seen.${name} -File ${literal(restartFile)}`];
  }

  /** All replicas are asked who is primary, once: every statement of the file goes where that was on paper. */
  private findHome(call: Call): string | null {
    if (this.hasFoundHome) return null;
    this.hasFoundHome = true;
    const { planned, performed, access } = this.setting;
    const calls = [...performed.looksAfter, ...performed.looks].filter(isFinding);
    const primary = calls.find(({ answer }) => valueAt(answer, ['isPrimary']) === true) ?? call;
    const servers = serversIn(planned.input) ?? [call.target?.server ?? ''];
    this.use(call);
    return `Find-Catalog -Statement $${call.name} -Servers ${servers.map(literal).join(', ')} -Port ${call.target?.port ?? 0} -Verify ${this.verify()} -Expected ${literal(primary.target?.server ?? '')} -Group ${literal(access.group)}`;
  }

  private run(made: Made, name: string | null): string {
    const { call } = made;
    this.use(call);
    const says = headOf(call);
    const parameters = parametersOf(made, this.setting, this.names);
    const given = parameters.length > 0 ? ' -Given $given' : '';
    const invoked =
      call.kind === 'powershell'
        ? `Invoke-Script -Script $${call.name}${given}`
        : `Invoke-Statement -Statement $${call.name} ${this.where(call.target)} -Verify ${this.verify()}${given}`;
    return [
      ...(says === '' ? [] : [comment(says)]),
      ...parameters,
      name === null ? `$null = ${invoked}` : `$seen${member(name)} = ${invoked}`,
    ].join('\n');
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
}

function isFinding(call: Call): boolean {
  return FINDS_THE_CATALOG.has(call.name) && call.target !== null;
}

function conditional(condition: string | null, text: string): string {
  return condition === null ? text : `if (${condition}) {\n${text}\n}`;
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
