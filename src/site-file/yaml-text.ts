import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
} from 'yaml';
import type { Path } from '../../activities/site-sketch.ts';
import { linesToShow } from './lines-to-show.ts';
import type { SiteFault } from './site-fault.ts';

/** A YAML text: its data, and where each part of it stands. */
export interface YamlText {
  /** As far as it could be read. */
  readonly data: unknown;
  /** What is wrong with the text itself. */
  readonly faults: readonly SiteFault[];
  /** From this line on the text cannot be trusted to mean what it says; null where all of it can. */
  readonly brokenFrom: number | null;
  /** Where a value stands; for a value that is not there, the key that should hold it. */
  readonly placeOf: (path: Path) => Place;
  /** Where the key itself stands. */
  readonly placeOfKey: (path: Path) => Place;
}

type Place = Pick<SiteFault, 'line' | 'column' | 'text'>;

/** Reads YAML 1.2. The messages hold no value of the text, since it may be a secret out of place. */
export function readYaml(text: string): YamlText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  const syntax = [...document.errors, ...document.warnings];
  const broken = syntax
    .filter((error) => !HARMLESS.has(error.code))
    .map((error) => counter.linePos(Math.min(error.pos[0], text.length)).line);
  const brokenFrom = broken.length === 0 ? null : Math.max(1, Math.min(...broken));
  const show = linesToShow(text, document, brokenFrom);
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1), text: show(line) };
  };
  const faults = [
    ...syntax.map((error) => ({ ...at(error.pos[0]), path: '', message: inWords(error, text) })),
    ...withoutLostAliases(document).map((offset) => ({
      ...at(offset),
      path: '',
      message: 'an alias (*) names nothing; put the value in quotes if it begins with *',
    })),
  ];
  return {
    data: document.toJS(),
    faults,
    brokenFrom,
    placeOf: (path) => at(offsetOf(document, path)),
    placeOfKey: (path) => at(offsetOfKey(document, path)),
  };
}

/** After these the rest of the text still means what it says. */
const HARMLESS: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED']);

function inWords(error: YAMLError, text: string): string {
  if (error.code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[A-Za-z0-9_-]+/.exec(text.slice(error.pos[0])) ?? [];
    return `the key ${key} stands twice in the same map: remove one`;
  }
  if (error.code === 'TAB_AS_INDENT') return 'a tab stands where only spaces may indent';
  if (error.code === 'TAG_RESOLVE_FAILED') return 'a tag (!) means nothing here; put the value in quotes';
  // What stands behind the colon is quoted from the text.
  return `is no valid YAML: ${error.message.split(/:\s/)[0]}`;
}

/** An alias that names nothing would stop the reading: it becomes an empty value. Answers where they stood. */
function withoutLostAliases(document: Document): readonly number[] {
  const lost: number[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      lost.push(alias.range?.[0] ?? 0);
      const nothing = new Scalar(null);
      nothing.range = alias.range ?? null;
      return nothing;
    },
  });
  return lost;
}

/** The deepest part of the path that the document has. */
interface Found {
  readonly pair: Pair | null;
  readonly node: Node | null;
  readonly isWhole: boolean;
}

function find(document: Document, path: Path): Found {
  let found: Found = { pair: null, node: document.contents, isWhole: true };
  for (const part of path) {
    const next = childOf(found.node, part);
    if (next === null) return { ...found, isWhole: false };
    found = next;
  }
  return found;
}

function childOf(node: Node | null, part: string | number): Found | null {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair ? { pair, node: (pair.value as Node | null) ?? null, isWhole: true } : null;
  }
  const entry = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined;
  if (entry === undefined || isPair(entry)) return null;
  return { pair: null, node: entry as Node, isWhole: true };
}

function offsetOf(document: Document, path: Path): number {
  const { pair, node, isWhole } = find(document, path);
  if (!isWhole && path.length > 0 && pair === null && node === document.contents) return 0;
  if (pair !== null && (!isWhole || node === null || isCollection(node))) return startOf(pair.key as Node);
  return startOf(node);
}

function offsetOfKey(document: Document, path: Path): number {
  const { pair, node } = find(document, path);
  return startOf(pair ? (pair.key as Node) : node);
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
