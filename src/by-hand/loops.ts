import { plainOf } from './parameters.ts';
import type { Made, Setting } from './setting.ts';
import type { Place } from './sources.ts';
import { isSame, valueAt } from './values.ts';

/** Changes by one script that follow on one another stand together; every other call stands alone. */
export function grouped(made: readonly Made[]): readonly (readonly Made[])[] {
  const groups: Made[][] = [];
  for (const one of made) {
    const last = groups.at(-1);
    if (one.call.effect === 'change' && last?.[0]?.call.name === one.call.name) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** The list that a group of calls goes through, one call for each of its items; null where it does not. */
export function listFor(group: readonly Made[], setting: Setting): Place | null {
  const [first] = group;
  const lists = group.flatMap((one, index) => listsAround(one, index, setting));
  const [list] = lists;
  if (!first || !list || group.length < 2 || lists.some((other) => !isSame(other, list))) return null;
  const items = valueAt(setting.performed[list.turn][list.at]?.answer, list.path);
  const isPlain = group.every((one) => isSame(plainOf(one, setting), plainOf(first, setting)));
  return isPlain && Array.isArray(items) && items.length === group.length ? list : null;
}

/** For each value that a call reads, the list whose item of this number holds it; null where one is in none. */
function listsAround({ turn, at }: Made, index: number, { sources }: Setting): (Place | null)[] {
  const read = [...(sources[turn][at]?.values() ?? [])];
  if (read.length === 0) return [null];
  return read.map((source) => (source.kind === 'seen' ? listAround(source.place, index) : null));
}

function listAround({ turn, at, path }: Place, index: number): Place | null {
  const depth = path.findIndex((step) => step === index);
  return depth === -1 ? null : { turn, at, path: path.slice(0, depth) };
}
