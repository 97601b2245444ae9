import { closest } from '../../activities/closest.ts';
import { inWords, type Path } from '../../activities/site-sketch.ts';
import type { ShapeIssue } from './fault-words.ts';
import { namesSecret, type SiteFault } from './site-fault.ts';
import type { YamlText } from './yaml-text.ts';

/** The keys that a place knows. */
type KeysAt = (place: Path) => readonly string[];

/** What is wrong with each part by itself; an unknown key is told with the one that was probably meant. */
export function faultsOfParts(
  issues: readonly ShapeIssue[],
  data: unknown,
  keysAt: KeysAt,
): readonly Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, data, keysAt));
}

/** All that is wrong with a text, its parts, and between them, each once and in its place. */
export function placedFaults(
  ofParts: readonly Fault[],
  between: readonly Fault[],
  yaml: YamlText,
): readonly SiteFault[] {
  const misspelt = ofParts.flatMap(({ meant }) => (meant === undefined ? [] : [inWords(meant)]));
  const wrong = ofParts.filter(({ path, kind }) => kind !== 'missing' || !misspelt.includes(inWords(path)));
  const judged = [...firstOfEach(wrong), ...between].map((fault) => ({ fault, place: placed(fault, yaml) }));
  const credible = judged.filter(({ fault, place }) => isCredible(fault, place.line, yaml.brokenFrom));
  return firstAtEach([...yaml.faults, ...credible.map(({ place }) => place)]).toSorted(inOrder);
}

/** A fault before it is placed. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
  readonly kind: 'value' | 'missing' | 'unknown key';
  /** For an unknown key: the one that was probably meant. */
  readonly meant?: Path;
}

function faultsOf(issue: ShapeIssue, data: unknown, keysAt: KeysAt): readonly Fault[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => unknownKey([...path, key], data, keysAt));
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue);
    if (branch !== null) {
      return branch.flatMap((inner) => faultsOf({ ...inner, path: [...path, ...inner.path] }, data, keysAt));
    }
  }
  const value = valueAt(data, path);
  if (value === undefined) return [{ path, message: 'is missing', kind: 'missing' }];
  if (path.length === 0)
    return [{ path, message: 'the file holds no map of keys and values', kind: 'value' }];
  if (value === null) return [{ path, message: 'has no value', kind: 'value' }];
  return [{ path, message: shownValue(path, value, issue.message) + issue.message, kind: 'value' }];
}

function unknownKey(path: Path, data: unknown, keysAt: KeysAt): Fault {
  const parent = path.slice(0, -1);
  const taken = valueAt(data, parent);
  const used = taken !== null && typeof taken === 'object' ? Object.keys(taken) : [];
  const free = keysAt(parent).filter((known) => !used.includes(known));
  const meant = closest(String(path.at(-1)), free);
  if (meant === null) return { path, message: 'is a key that means nothing here', kind: 'unknown key' };
  const message = `is a key that means nothing here; did you mean ${meant}?`;
  return { path, message, kind: 'unknown key', meant: [...parent, meant] };
}

/** Of the forms that a value may have, the one whose own keys the file uses. */
function closestBranch(issue: ShapeIssue): readonly ShapeIssue[] | null {
  return (
    issue.errors?.find((issues) => issues.length > 0 && issues.every((inner) => inner.path.length > 1)) ??
    null
  );
}

/** Words that speak of the value read better with it; a secret out of place is never shown. */
export function shownValue(path: Path, value: unknown, message: string): string {
  const speaksOfIt = message.startsWith('is ') || message.startsWith('has more than');
  const isHidden = path.some((part) => namesSecret(String(part)));
  // A quotation that never ends has swallowed the keys behind it.
  const isSwollen = typeof value === 'string' && /:\s/.test(value);
  if (!speaksOfIt || isHidden || isSwollen || message.startsWith('is missing')) return '';
  if (typeof value === 'string')
    return `${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)} `;
  return typeof value === 'number' || typeof value === 'boolean' ? `${value} ` : '';
}

function placed(fault: Fault, yaml: YamlText): SiteFault {
  const place = fault.kind === 'unknown key' ? yaml.placeOfKey(fault.path) : yaml.placeOf(fault.path);
  // What the file lacks as a whole stands nowhere in it.
  if (fault.kind === 'missing' && fault.path.length === 1) return { ...place, text: null, ...said(fault) };
  return { ...place, ...said(fault) };
}

function said(fault: Fault): Pick<SiteFault, 'path' | 'message'> {
  return { path: inWords(fault.path), message: fault.message };
}

/** Behind a broken line nothing can be said, and nothing is known to be missing. */
function isCredible(fault: Fault, line: number, brokenFrom: number | null): boolean {
  return brokenFrom === null || (fault.kind !== 'missing' && line < brokenFrom);
}

function firstOfEach(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ path }) => !seen.has(inWords(path)) && seen.add(inWords(path)));
}

/** What is wrong with the text explains what is wrong with the value that stands in the same place. */
function firstAtEach(faults: readonly SiteFault[]): readonly SiteFault[] {
  const textFaults = new Set<string>();
  return faults.filter(({ line, column, path }) => {
    const place = `${line}:${column}`;
    if (path !== '') return !textFaults.has(place);
    return !textFaults.has(place) && textFaults.add(place);
  });
}

export function valueAt(data: unknown, path: Path): unknown {
  let value: unknown = data;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}

function inOrder(one: SiteFault, other: SiteFault): number {
  return one.line - other.line || one.column - other.column;
}
