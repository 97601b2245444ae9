/**
 * What keeps something that was seen from being what is wanted, one line each: as `Get-Difference` of `by-hand.ps1`
 * tells it.
 */
export function differencesOf(actual: unknown, wanted: unknown, path: string): string[] {
  if (wanted === null || wanted === undefined)
    return isThere(actual) ? [`${path} is ${inWords(actual)}, not nothing`] : [];
  if (Array.isArray(wanted)) return differencesOfList(actual, wanted, path);
  if (typeof wanted === 'object') return differencesOfObject(actual, wanted as Members, path);
  if (isThere(actual) && isEqual(actual, wanted)) return [];
  return [`${path} is ${inWords(actual)}, not ${inWords(wanted)}`];
}

type Members = Readonly<Record<string, unknown>>;

function differencesOfList(actual: unknown, wanted: readonly unknown[], path: string): string[] {
  const items = (Array.isArray(actual) ? actual : [actual]).filter(isThere);
  if (wanted.length === 0) return items.length > 0 ? [`${path} is ${inWords(items)}, not empty`] : [];
  return wanted.flatMap((one) =>
    items.some((item) => differencesOf(item, one, path).length === 0)
      ? []
      : [`${path} lacks ${inWords(one)}`],
  );
}

function differencesOfObject(actual: unknown, wanted: Members, path: string): string[] {
  if ('(any)' in wanted) return isThere(actual) && actual !== '' ? [] : [`${path} is not there`];
  for (const [bound, isFine] of BOUNDS) {
    if (!(bound in wanted)) continue;
    const isSo = isThere(actual) && isFine(Number(actual), Number(wanted[bound]));
    return isSo ? [] : [`${path} is ${inWords(actual)}, not ${bound.slice(1, -1)} ${String(wanted[bound])}`];
  }
  if (!isThere(actual)) return [`${path} is not there`];
  return Object.entries(wanted).flatMap(([name, inner]) =>
    differencesOf(memberOf(actual, name), inner, path === '' ? name : `${path}.${name}`),
  );
}

const BOUNDS = [
  ['(at least)', (actual: number, bound: number) => actual >= bound],
  ['(at most)', (actual: number, bound: number) => actual <= bound],
] as const;

/** A member by its name, which knows no case; of a list, those of its items. */
export function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => memberOf(item, name)).filter(isThere);
  if (value === null || typeof value !== 'object') return null;
  const found = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : (value as Members)[found];
}

export function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** Source: *about_Comparison_Operators*: texts are compared without regard to case. */
function isEqual(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

export function inWords(value: unknown): string {
  return isThere(value) ? JSON.stringify(value) : 'nothing';
}
