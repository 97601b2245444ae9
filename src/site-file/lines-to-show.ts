import { CST, isMap, isScalar, isSeq, Lexer, LineCounter, type Document, type Node, type Pair } from 'yaml';
import type { Path } from '../../activities/site-sketch.ts';
import { namesSecret } from './site-fault.ts';
import { holdsPlainValue, isKnown, knownKeys } from './site-schema.ts';

/**
 * Answers a line of a site file, up to its comment, where it can be shown. A line is shown only when all that
 * stands on it is known to be no secret: known keys whose names speak of none, with values of the kind that
 * belongs there. From the first broken line on the text may mean something else than it says, so there every
 * word before a colon must be such a key, too.
 */
export function linesToShow(
  text: string,
  document: Document,
  brokenFrom: number | null,
): (line: number) => string | null {
  const counter = new LineCounter();
  const comments = commentStarts(text, counter);
  const lines = text.split('\n');
  const { known, hidden } = survey(document.contents, (offset) => counter.linePos(offset).line);
  return (line) => {
    if (!known.has(line) || hidden.has(line)) return null;
    const shown = (lines[line - 1] ?? '').slice(0, comments.get(line)).trimEnd();
    return brokenFrom !== null && line >= brokenFrom && !isPlainly(shown) ? null : shown;
  };
}

/** Of each line that has a comment, the characters before it; the counter learns where lines begin. */
function commentStarts(text: string, counter: LineCounter): ReadonlyMap<number, number> {
  for (let at = 0; at >= 0; at = text.indexOf('\n', at) + 1 || -1) counter.addNewLine(at);
  const starts = new Map<number, number>();
  let offset = 0;
  let isValue = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END) {
      isValue = lexeme === CST.SCALAR;
      continue;
    }
    if (!isValue && lexeme.startsWith('#')) {
      const { line, col } = counter.linePos(offset);
      starts.set(line, col - 1);
    }
    isValue = false;
    offset += lexeme.length;
  }
  return starts;
}

interface Survey {
  /** Lines on which something stands that is known. */
  readonly known: Set<number>;
  /** Lines on which something stands that may be a secret. */
  readonly hidden: Set<number>;
}

function survey(root: Node | null, lineAt: (offset: number) => number): Survey {
  const seen: Survey = { known: new Set(), hidden: new Set() };
  const hide = (from: number, to: number): void => {
    for (let line = lineAt(from); line <= lineAt(Math.max(from, to - 1)); line += 1) seen.hidden.add(line);
  };
  const lookAtPair = ({ key, value }: Pair<Node, Node | null>, parent: Path): void => {
    const [start = 0, end = start] = key.range ?? [];
    const name = isScalar(key) ? String(key.value) : null;
    const path = [...parent, name ?? ''];
    if (name === null || namesSecret(name) || !isKnown(path)) return hide(start, value?.range?.[1] ?? end);
    seen.known.add(lineAt(start));
    lookAt(value, path);
  };
  const lookAt = (node: Node | null, path: Path): void => {
    const [start = 0, end = start] = node?.range ?? [];
    if (node === null || start === end) return;
    const isPlain = !('anchor' in node && node.anchor) && !node.tag;
    if (isMap<Node, Node | null>(node) && isPlain)
      return node.items.forEach((pair) => lookAtPair(pair, path));
    if (isSeq<Node>(node) && isPlain) return node.items.forEach((item, at) => lookAt(item, [...path, at]));
    if (!isScalar(node) || !isPlain || !holdsPlainValue(path)) return hide(start, end);
    seen.known.add(lineAt(start));
    // What a quotation that never ends has swallowed is no part of it.
    if (lineAt(end - 1) > lineAt(start)) hide(start, end);
  };
  lookAt(root, []);
  return seen;
}

function isPlainly(line: string): boolean {
  const keys = [...line.matchAll(/([^\s{[,:]+)\s*:(?=\s|$)/g)].map(([, key = '']) => key);
  return keys.length > 0 && keys.every((key) => knownKeys.has(key)) && !namesSecret(line);
}
