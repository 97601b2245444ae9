/** A place inside a JSON value: names of members and positions in lists. */
export type Path = readonly (string | number)[];

export interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean | null;
}

/** All values in a JSON value that hold no other. */
export function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => leavesOf(item, [...path, at]));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ path, value }];
  return [{ path, value: null }];
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      inner !== null && typeof inner === 'object'
        ? (inner as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
}

/** The same value with another one at a place. */
export function withValueAt(value: unknown, path: Path, put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (Array.isArray(value))
    return value.map((item, at): unknown => (at === step ? withValueAt(item, rest, put) : item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === step ? withValueAt(inner, rest, put) : inner,
    ]),
  );
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Another text of the same shape: hexadecimal stays so, and so does its length. */
export function otherText(text: string): string {
  const at = text.search(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/);
  if (at === -1) return `${text}1`;
  return `${text.slice(0, at)}${otherCharacter(text.charAt(at))}${text.slice(at + 1)}`;
}

function otherCharacter(character: string): string {
  const row = ['0123456789', 'abcdef', 'ABCDEF', 'ghijklmnopqrstuvwxyz', 'GHIJKLMNOPQRSTUVWXYZ'].find(
    (known) => known.includes(character),
  );
  if (row === undefined) return character;
  return row.charAt((row.indexOf(character) + 1) % row.length);
}
