/** A step with its length, real or estimated. */
export interface Link {
  readonly key: string;
  /** Keys of the steps that must be done first; each stands earlier. */
  readonly after: readonly string[];
  readonly lengthMs: number;
}

export interface CriticalPath {
  /** From the first step to the last. */
  readonly keys: readonly string[];
  readonly lengthMs: number;
}

/** The longest chain of steps that wait for one another: the run cannot be shorter than it. */
export function criticalPath(links: readonly Link[]): CriticalPath {
  const longest = new Map<string, { readonly lengthMs: number; readonly before: string | null }>();
  let last: string | null = null;
  for (const { key, after, lengthMs } of links) {
    const before = latest(after, longest);
    const soFar = before === null ? 0 : (longest.get(before)?.lengthMs ?? 0);
    longest.set(key, { lengthMs: soFar + lengthMs, before });
    if (last === null || soFar + lengthMs > (longest.get(last)?.lengthMs ?? 0)) last = key;
  }
  const keys: string[] = [];
  for (let key = last; key !== null; key = longest.get(key)?.before ?? null) keys.unshift(key);
  return { keys, lengthMs: last === null ? 0 : (longest.get(last)?.lengthMs ?? 0) };
}

function latest(
  keys: readonly string[],
  longest: ReadonlyMap<string, { readonly lengthMs: number }>,
): string | null {
  let found: string | null = null;
  for (const key of keys) {
    const length = longest.get(key)?.lengthMs;
    if (length === undefined) continue;
    if (found === null || length > (longest.get(found)?.lengthMs ?? 0)) found = key;
  }
  return found;
}
