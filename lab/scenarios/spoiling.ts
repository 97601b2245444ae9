/** What was changed at one place of the estate, and what stood there before. */
export interface Spoilt {
  readonly path: readonly string[];
  /** Left out where nothing stood there. */
  readonly before?: unknown;
  /** Of a list that grew or shrank: what was taken out of it, and what was put in. */
  readonly taken?: readonly unknown[];
  readonly put?: readonly unknown[];
}

/** Changes an estate, and answers what it takes to remove the cause again, whatever happens to the rest. */
export function spoil(estate: object, work: () => void): Spoilt[] {
  const before: unknown = structuredClone(estate);
  try {
    work();
  } catch (error) {
    // An estate that is not so far yet keeps nothing of the half that was possible.
    mend(estate, differences(before, estate, []));
    throw error;
  }
  return differences(before, estate, []);
}

/** Removes the cause: puts back what was changed, and leaves alone what came about since. */
export function mend(estate: object, spoilt: readonly Spoilt[]): void {
  for (const { path, before, taken, put } of spoilt) {
    const place = placeOf(estate, path);
    if (place === null) continue;
    const [holder, key] = place;
    if (taken && put) {
      const list = (holder[key] ?? []) as unknown[];
      const added = new Set(put.map(textOf));
      holder[key] = [...taken, ...list.filter((entry) => !added.has(textOf(entry)))];
    } else if (before === undefined) delete holder[key];
    else holder[key] = structuredClone(before);
  }
}

function differences(before: unknown, after: unknown, path: readonly string[]): Spoilt[] {
  if (textOf(before) === textOf(after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) {
    const had = new Set(before.map(textOf));
    const has = new Set(after.map(textOf));
    return [
      {
        path,
        taken: before.filter((entry) => !has.has(textOf(entry))),
        put: after.filter((entry) => !had.has(textOf(entry))),
      },
    ];
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  return [{ path, before }];
}

function placeOf(estate: object, path: readonly string[]): [Record<string, unknown>, string] | null {
  let holder: unknown = estate;
  for (const key of path.slice(0, -1)) holder = isRecord(holder) ? holder[key] : undefined;
  const key = path.at(-1);
  return isRecord(holder) && key !== undefined ? [holder, key] : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
