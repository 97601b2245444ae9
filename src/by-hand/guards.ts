import { keyOf, type Call } from './recording.ts';
import type { Replay } from './replay.ts';
import { isSame, valueAt, withValueAt } from './values.ts';
import type { Minded, Wanted } from './wanted.ts';

/** A part of an answer whose being otherwise than wanted is why a change is made. */
export interface Part {
  /** Which of the looks after the change. */
  readonly at: number;
  readonly path: readonly string[];
  /** Only where it is not there at all. */
  readonly isGone: boolean;
}

/**
 * Of each call of the change, the parts for whose sake the step makes it: everything is as wanted but for one of them,
 * and it makes that call. A call that is made for no such part is made always.
 */
export async function guardsOf(
  replay: Replay,
  wanted: readonly Wanted[],
): Promise<readonly (readonly Part[])[]> {
  const { looksAfter, work } = replay.onPaper.performed;
  const guards = work.map((): Part[] => []);
  if (!work.some(({ effect }) => effect === 'change')) return guards;
  for (const { at, minded } of wanted) {
    for (const { path, value } of [...minded, ...earlierParts(replay, at)]) {
      const answer = withValueAt(looksAfter[at]?.answer, path, value);
      const calls = await replay.mending([{ turn: 'looksAfter', at, answer }]);
      const part = { at, path: untilList(path), isGone: value === null };
      for (const [index, call] of work.entries())
        if (call.effect === 'change' && isMade(call, work, calls ?? [])) addOnce(guards[index] ?? [], part);
    }
  }
  return guards.map((parts) => (parts.some((part) => wasMissing(replay, part)) ? parts : []));
}

/** Places at which the last look says otherwise than the first one did. */
function earlierParts(replay: Replay, at: number): Minded[] {
  const after = replay.onPaper.performed.looksAfter[at];
  const before = replay.onPaper.performed.looks.find((call) => after && keyOf(call) === keyOf(after));
  return before && after ? differing(before.answer, after.answer) : [];
}

function differing(before: unknown, after: unknown, path: readonly string[] = []): Minded[] {
  if (isSame(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return path.length === 0 ? [] : [{ path, value: before }];
  return Object.keys(after).flatMap((name) => differing(before[name], after[name], [...path, name]));
}

function isMade(call: Call, work: readonly Call[], calls: readonly Call[]): boolean {
  const isOnly = work.filter(({ name }) => name === call.name).length === 1;
  return calls.some((made) => keyOf(made) === keyOf(call) || (isOnly && made.name === call.name));
}

/** Otherwise the change would not be made where nothing is done yet, as on paper. */
function wasMissing(replay: Replay, { at, path }: Part): boolean {
  const { looks, looksAfter } = replay.onPaper.performed;
  const after = looksAfter[at];
  const before = looks.find((call) => after && keyOf(call) === keyOf(after));
  return !isSame(valueAt(before?.answer, path), valueAt(after?.answer, path));
}

function untilList(path: Minded['path']): string[] {
  const end = path.findIndex((step) => typeof step === 'number');
  return path.slice(0, end === -1 ? path.length : end).map(String);
}

function addOnce(parts: Part[], part: Part): void {
  if (!parts.some((one) => isSame(one, part))) parts.push(part);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
