const MOST_SLIPS = 2;

/** The word that was probably meant: of those that are known, the nearest, if it is near. */
export function closest<Word extends string>(
  word: string,
  known: readonly Word[],
  mostSlips = MOST_SLIPS,
): Word | null {
  const [best] = known
    .map((candidate) => ({ candidate, slips: slipsBetween(candidate.toLowerCase(), word.toLowerCase()) }))
    .toSorted((one, other) => one.slips - other.slips);
  return best && best.slips <= mostSlips ? best.candidate : null;
}

/** Letters to add, drop or change. Source: V. I. Levenshtein, 1966, the distance named after him. */
function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      const kept = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      line.push(Math.min(kept, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
