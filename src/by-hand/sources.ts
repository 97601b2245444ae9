import type { Call } from './recording.ts';
import type { Replay, Turn } from './replay.ts';
import { isSame, leavesOf, otherText, valueAt, withValueAt, type Path } from './values.ts';

/** A value in the answer of a look. */
export interface Place {
  readonly turn: Turn;
  readonly at: number;
  readonly path: Path;
}

/** Where a value of a call's parameters comes from: texts that stand for themselves, and places in what was seen. */
export type Source =
  | { readonly kind: 'seen'; readonly before: string; readonly place: Place; readonly after: string }
  /** It follows from what was seen, or from the time, and how is not to be told. */
  | { readonly kind: 'unknown' };

/** Of each call of a turn, where the values of its parameters come from, by their path as JSON. */
export type Sources = readonly ReadonlyMap<string, Source>[];

/**
 * Tells which parameters follow from what was seen: each value of each answer is changed, and what changes with it in
 * the calls comes from there. What never changes comes from the site file, or is a word of the step's own.
 */
export async function sourcesIn(replay: Replay, turn: Turn): Promise<Sources> {
  const { performed } = replay.onPaper;
  const sources = performed[turn].map(() => new Map<string, Source>());
  // Of calls that were tried several times, the replay tells what it needs; the rest keeps its values.
  const plain = await replay.callsOf(turn, []);
  if (plain === null) return sources;
  for (const from of turn === 'work' ? (['looks', 'work'] as const) : [turn]) {
    for (const [at, { answer, effect }] of performed[from].entries()) {
      if (effect === 'change') continue;
      for (const { path, value } of leavesOf(answer)) {
        if (value === null || typeof value === 'boolean') continue;
        const other = typeof value === 'string' ? otherText(value) : value + 1;
        const calls = await replay.callsOf(turn, [
          { turn: from, at, answer: withValueAt(answer, path, other) },
        ]);
        if (calls === null || !isAlike(plain, calls)) continue;
        note(sources, performed[turn], {
          plain,
          calls,
          change: { place: { turn: from, at, path }, value, other },
        });
      }
    }
  }
  return sources;
}

interface Noting {
  readonly plain: readonly Call[];
  readonly calls: readonly Call[];
  readonly change: {
    readonly place: Place;
    readonly value: string | number;
    readonly other: string | number;
  };
}

function note(
  sources: readonly Map<string, Source>[],
  made: readonly Call[],
  { plain, calls, change }: Noting,
): void {
  for (const [at, call] of plain.entries()) {
    if (isSame(call.given, calls[at]?.given)) continue;
    const index = made.findIndex(
      (one, from) => from >= at && one.name === call.name && isSame(one.given, call.given),
    );
    if (index === -1) continue;
    for (const { path, value } of leavesOf(call.given)) {
      const now = valueAt(calls[at]?.given, path);
      if (!isSame(now, value)) add(sources[index], JSON.stringify(path), sourceOf(value, now, change));
    }
  }
}

/** That something else also keeps a value from being used says nothing of where it comes from. */
function add(sources: Map<string, Source> | undefined, path: string, source: Source): void {
  if (source.kind === 'seen' || !sources?.has(path)) sources?.set(path, source);
}

function sourceOf(value: unknown, now: unknown, { place, value: seen, other }: Noting['change']): Source {
  if (value === seen && now === other) return { kind: 'seen', before: '', place, after: '' };
  if (typeof value !== 'string') return { kind: 'unknown' };
  const [before = '', after, ...more] = value.split(String(seen));
  if (after === undefined || more.length > 0 || now !== `${before}${other}${after}`)
    return { kind: 'unknown' };
  return { kind: 'seen', before, place, after };
}

/** The step went the same way, and only values differ. */
function isAlike(plain: readonly Call[], calls: readonly Call[]): boolean {
  return plain.length === calls.length && plain.every(({ name }, at) => name === calls[at]?.name);
}
