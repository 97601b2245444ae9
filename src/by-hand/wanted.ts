import { sameName } from '../../activities/same-name.ts';
import { FINDS_THE_CATALOG } from './manners.ts';
import { distinct, type Call } from './recording.ts';
import type { Instead, Replay } from './replay.ts';
import { isSame, leavesOf, otherText, valueAt, withValueAt, type Path } from './values.ts';

/** What the answers of a step's looks must say for it to be in place: nothing but what its own judgement turns on. */
export interface Wanted {
  /** Which of the looks that were made at the end. */
  readonly at: number;
  /**
   * The part of its answer that counts, as `by-hand.ps1` compares it: a list holds what must be among others, an
   * empty one must be empty; `(any)`, `(at least)` and `(at most)` stand for what no paper can know.
   */
  readonly answer: unknown;
  /** Places in it that must say the same as a place in another answer. */
  readonly sameAs: readonly SameAs[];
  /** What the step minds: a place in the look's answer, with a value that must not stand there. */
  readonly minded: readonly Minded[];
}

export interface Minded {
  readonly path: Path;
  readonly value: unknown;
}

interface SameAs {
  /** In `answer`. */
  readonly path: Path;
  readonly other: { readonly at: number; readonly path: Path };
}

/**
 * Finds what the step's own judgement turns on: each value of what it saw at the end is put to it changed, and those
 * that it minds are wanted. Where it does not mind if another look's value is changed likewise, it compares the two,
 * and so does the paper; what it compares with the site file or with a word of the product is wanted as it is.
 */
export async function wantedOf(replay: Replay): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = [];
  const { looksAfter } = replay.onPaper.performed;
  for (const call of distinct(looksAfter)) {
    const at = looksAfter.indexOf(call);
    const weighing = new Weighing(replay, at);
    const answer = await weighing.wanted([], []);
    if (answer !== undefined) wanted.push({ at, answer, sameAs: weighing.sameAs, minded: weighing.minded });
  }
  return wanted;
}

/** Weighs the values of one answer. */
class Weighing {
  private readonly replay: Replay;
  private readonly at: number;
  private readonly call: Call | undefined;
  private readonly before: unknown;
  readonly sameAs: SameAs[] = [];
  readonly minded: Minded[] = [];

  constructor(replay: Replay, at: number) {
    const { looks, looksAfter } = replay.onPaper.performed;
    this.replay = replay;
    this.at = at;
    this.call = looksAfter[at];
    this.before = looks.find(({ name, given, target }) =>
      isSame([name, given, target], [this.call?.name, this.call?.given, this.call?.target]),
    )?.answer;
  }

  /** What counts at and below a place; undefined where nothing does. `into`: where that stands in what is wanted. */
  async wanted(path: Path, into: Path): Promise<unknown> {
    const value = valueAt(this.call?.answer, path);
    if (Array.isArray(value)) return this.wantedList(path, into, value);
    if (value !== null && typeof value === 'object') return this.wantedObject(path, into, value);
    if (typeof value === 'number') return this.wantedNumber(path, value);
    if (typeof value === 'string') return this.wantedText(path, into, value);
    const before = valueAt(this.before, path);
    const others =
      value === null && before !== undefined && before !== null
        ? [before]
        : typeof value === 'boolean'
          ? [!value]
          : [];
    return (await this.mindsAny(path, others)) ? value : undefined;
  }

  private async wantedObject(path: Path, into: Path, value: object): Promise<unknown> {
    const members: [string, unknown][] = [];
    for (const name of Object.keys(value)) {
      if (this.isOfFinding(name)) continue;
      const inner = await this.wanted([...path, name], [...into, name]);
      if (inner !== undefined) members.push([name, inner]);
    }
    if (members.length > 0) return Object.fromEntries(members);
    return path.length > 0 && (await this.minds(path, null)) ? ANY : undefined;
  }

  /** Who is primary is seen to by `Find-Catalog`, today and later. */
  private isOfFinding(name: string): boolean {
    const { call } = this;
    const finds = call !== undefined && call.target !== null && FINDS_THE_CATALOG.has(call.name);
    return finds && (name === 'isPrimary' || name === 'inGroup');
  }

  private async wantedList(path: Path, into: Path, list: readonly unknown[]): Promise<unknown> {
    if (list.length === 0) {
      const earlier = valueAt(this.before, path);
      const intruders: readonly unknown[] =
        Array.isArray(earlier) && earlier.length > 0 ? earlier : INTRUDERS;
      return (await this.mindsAny(
        path,
        intruders.map((one) => [one]),
      ))
        ? []
        : undefined;
    }
    const items: unknown[] = [];
    for (const at of list.keys()) {
      const inner = await this.wanted([...path, at], [...into, items.length]);
      const others = list.filter((_item, index) => index !== at);
      if (inner !== undefined) items.push(named(inner, list[at]));
      else if (await this.minds(path, others)) items.push(ANY);
    }
    return items.length === 0 ? undefined : items;
  }

  private async wantedText(path: Path, into: Path, value: string): Promise<unknown> {
    const before = valueAt(this.before, path);
    const earlier = typeof before === 'string' && before !== value ? [before] : [];
    if (!(await this.mindsAny(path, [...earlier, otherText(value)]))) {
      return (await this.mindsAny(path, [null, ''])) ? ANY : undefined;
    }
    const other = await this.comparedWith(path, value);
    if (!other) return value;
    this.sameAs.push({ path: into, other });
    return ANY;
  }

  /** A value of another place that may be changed likewise, alone or with all its like, and then is not minded. */
  private async comparedWith(path: Path, value: string): Promise<SameAs['other'] | null> {
    const alike = this.placesOf(value).filter(({ at, path: one }) => at !== this.at || !isSame(one, path));
    const own = { at: this.at, path };
    for (const other of alike)
      if ((await this.replay.judge(this.changed([own, other]))) === 'fine') return other;
    const [first] = alike.toSorted((one) => (one.at === this.at ? 1 : -1));
    if (!first || (await this.replay.judge(this.changed([own, ...alike]))) !== 'fine') return null;
    return first;
  }

  private placesOf(value: string): SameAs['other'][] {
    return this.replay.onPaper.performed.looksAfter.flatMap((call, at) =>
      leavesOf(call.answer)
        .filter((leaf) => typeof leaf.value === 'string' && sameName(leaf.value, value))
        .map(({ path }) => ({ at, path })),
    );
  }

  /** The answers with another text at these places, the same at each. */
  private changed(places: readonly SameAs['other'][]): readonly Instead[] {
    const { looksAfter } = this.replay.onPaper.performed;
    const answers = new Map<number, unknown>();
    for (const { at, path } of places) {
      const answer = answers.get(at) ?? looksAfter[at]?.answer;
      answers.set(at, withValueAt(answer, path, otherText(String(valueAt(answer, path)))));
    }
    return [...answers].map(([at, answer]) => ({ turn: 'looksAfter', at, answer }));
  }

  /** A number may be minded on one side only: then the last value that is not is the bound. */
  private async wantedNumber(path: Path, value: number): Promise<unknown> {
    const mindsLess = await this.mindsAny(
      path,
      [value - 1, 0, -1].filter((less) => less < value),
    );
    const mindsMore = await this.mindsAny(path, [value + 1, value * 2 + 1000]);
    if (!mindsLess && !mindsMore) return undefined;
    if (mindsLess && mindsMore) return value;
    if (mindsLess) return { '(at least)': await this.bound(path, Math.min(0, value - 1), value) };
    return { '(at most)': await this.bound(path, value * 2 + 1000, value) };
  }

  /** Between a value that is minded and one that is not, the last that is not. */
  private async bound(path: Path, minded: number, fine: number): Promise<number> {
    while (Math.abs(fine - minded) > 1) {
      const middle = Math.trunc((fine + minded) / 2);
      if (await this.minds(path, middle)) minded = middle;
      else fine = middle;
    }
    return fine;
  }

  private async mindsAny(path: Path, values: readonly unknown[]): Promise<boolean> {
    for (const value of values) if (await this.minds(path, value)) return true;
    return false;
  }

  private async minds(path: Path, value: unknown): Promise<boolean> {
    const answer = withValueAt(this.call?.answer, path, value);
    const isMinded = (await this.replay.judge([{ turn: 'looksAfter', at: this.at, answer }])) === 'minds';
    if (isMinded) this.minded.push({ path, value });
    return isMinded;
  }
}

/** An item of which something is wanted is told by its name. */
function named(wanted: unknown, item: unknown): unknown {
  const name = valueAt(item, ['name']);
  const isMeant =
    wanted !== null && typeof wanted === 'object' && !Array.isArray(wanted) && !('(any)' in wanted);
  return isMeant && typeof name === 'string' ? { name, ...wanted } : wanted;
}

const ANY = { '(any)': true };
/** What might be found in a list that is empty on paper. */
const INTRUDERS: readonly unknown[] = ['something', 1];
