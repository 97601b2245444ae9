import { literal, member } from './powershell-text.ts';
import { keyOf, type Call } from './recording.ts';
import type { Turn } from './replay.ts';
import type { Setting } from './setting.ts';
import type { Place } from './sources.ts';
import { isSame, valueAt } from './values.ts';

/** Under which names a file holds what it has seen, and how it speaks of a place in that. */
export class SeenNames {
  private readonly setting: Setting;
  /** By turn and question: what is asked before the change and after it is one look. */
  private readonly names = new Map<string, string>();
  /** The list whose items a loop goes through just now. */
  private item: Place | null = null;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  /** The name of a call's answer; null where the file does not look at it. */
  nameOf(turn: Turn, at: number): string | null {
    const call = this.setting.performed[turn][at];
    return (call && this.names.get(nameKey(turn, call))) ?? null;
  }

  /** The name that is given to the call's answer. `written` is done before the name can be spoken of. */
  name<Written>(turn: Turn, call: Call, written: (name: string) => Written): Written {
    const name = this.names.get(nameKey(turn, call)) ?? this.freeName(call.name);
    const done = written(name);
    this.names.set(nameKey(turn, call), name);
    return done;
  }

  /** While `written` is done, places in items of the list are those of the loop's item. */
  inLoop<Written>(list: Place, written: () => Written): Written {
    this.item = list;
    const done = written();
    this.item = null;
    return done;
  }

  /** The place of a value in what was seen; an item of a list is told by what it is called, or must be the only one. */
  expressionOf({ turn, at, path }: Place): string | null {
    const name = this.nameOf(turn, at);
    const answer = this.setting.performed[turn][at]?.answer;
    if (name === null) return null;
    const within = this.depthOfItem({ turn, at, path });
    let text = within === null ? `$seen${member(name)}` : '$item';
    for (const [depth, step] of path.entries()) {
      if (within !== null && depth <= within) continue;
      if (typeof step === 'string') text += member(step);
      else text = `(Get-One -Items ${text}${this.tellingName(valueAt(answer, path.slice(0, depth)), step)})`;
    }
    return text;
  }

  /** Whether an item of a list with several cannot be told from the others but by a person. */
  isAmbiguous({ turn, at, path }: Place): boolean {
    const answer = this.setting.performed[turn][at]?.answer;
    return path.some((step, depth) => {
      const list = valueAt(answer, path.slice(0, depth));
      const isOneOfMany = typeof step === 'number' && Array.isArray(list) && list.length > 1;
      return isOneOfMany && this.tellingName(list, step) === '';
    });
  }

  private depthOfItem({ turn, at, path }: Place): number | null {
    const { item } = this;
    const isWithin = item?.turn === turn && item.at === at;
    if (!isWithin || !isSame(path.slice(0, item.path.length), item.path)) return null;
    return item.path.length;
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

  /** A word of the site, or of the questions that are asked because of it. */
  private isKnown(value: string): boolean {
    const { planned, performed } = this.setting;
    const asked = [...performed.looks, ...performed.looksAfter].map(({ given }) => given);
    return JSON.stringify([planned.input, asked])
      .toLowerCase()
      .includes(JSON.stringify(value).slice(1, -1).toLowerCase());
  }

  private freeName(name: string): string {
    const held = [...this.names.values()].filter((one) => one.replace(/\d+$/, '') === name);
    const taken = new Set(held).size;
    return taken === 0 ? name : `${name}${taken + 1}`;
  }
}

function nameKey(turn: Turn, call: Call): string {
  return `${turn === 'work' ? 'change' : 'look'} ${keyOf(call)}`;
}
