import type { Happening } from './history.ts';
import { clockTime, dayAndTime, dim, toned, wrapped, type Style } from './style.ts';
import { TONE_SYMBOLS } from './words.ts';

const INDENT = 11;

/** What happened in a run, line for line, each day under its date. */
export function presentHistory(happenings: readonly Happening[], style: Style): readonly string[] {
  return happenings.flatMap((happening, at) => {
    const day = dayOf(happening);
    const earlier = happenings[at - 1];
    const heading = earlier && dayOf(earlier) === day ? [] : [dim(day, style)];
    return [...heading, ...linesOf(happening, style)];
  });
}

function dayOf({ at }: Happening): string {
  return dayAndTime(at).slice(0, 'YYYY-MM-DD'.length);
}

function linesOf({ at, tone, text }: Happening, style: Style): readonly string[] {
  const { symbol, plainSymbol } = TONE_SYMBOLS[tone];
  const mark = toned(style.unicode ? symbol : plainSymbol, tone, style);
  const [first = '', ...rest] = wrapped(text, INDENT, style.width);
  return [`${dim(clockTime(at), style)} ${mark} ${first.slice(INDENT)}`, ...rest];
}
