import { isThere } from './difference.ts';

/** The parameters of one call of a function, by name. */
export type Given = ReadonlyMap<string, unknown>;

/** As `Format-ConnectionValue`: in quotation marks where a value would not stand for itself. */
export function connectionValue(value: string): string {
  const standsForItself = value !== '' && !/[;'"]|^[\s={]|\s$/.test(value);
  return standsForItself ? value : `"${value.replaceAll('"', '""')}"`;
}

export function text(given: Given, name: string): string {
  const value = given.get(name);
  return isThere(value) ? String(value) : '';
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isThere(value) ? [value] : [];
}

export function sameText(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
