/** An error as it is written in a file; what differs from case to case stands in ‹ ›. */
export interface WrittenError {
  readonly message: string;
  readonly advice: string;
}

const OPENING = 'new OperatorError(';

/** The errors with advice that a file's text makes, in the order in which they stand there. */
export function errorsIn(text: string): WrittenError[] {
  return [...text.matchAll(/new OperatorError\(/g)].map(({ index }) => {
    const message = argumentAt(text, index + OPENING.length);
    const advice = argumentAt(text, message.end + 1);
    return { message: message.says, advice: advice.says };
  });
}

interface Read {
  readonly says: string;
  /** Where the comma or the bracket stands that ends it. */
  readonly end: number;
}

function argumentAt(text: string, from: number): Read {
  const end = endOf(text, from, ',)');
  const written = text.slice(from, end).trim();
  const quote = written.slice(0, 1);
  if (quote === "'" || quote === '"') return { says: unescaped(written.slice(1, -1)), end };
  return { says: quote === '`' ? templateSays(written.slice(1, -1)) : placeholder(written), end };
}

/** Where the first of the marks stands that is inside no text and no bracket. */
function endOf(text: string, from: number, marks: string): number {
  for (let at = from; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (marks.includes(mark)) return at;
    if (mark === "'" || mark === '"') at = endOfQuoted(text, at + 1, mark);
    else if (mark === '`') at = endOfTemplate(text, at + 1);
    else if ('([{'.includes(mark)) at = endOf(text, at + 1, ')]}');
  }
  throw new Error(`Text that begins with ${text.slice(from, from + 40)} does not end`);
}

function endOfQuoted(text: string, from: number, quote: string): number {
  let at = from;
  while (text.charAt(at) !== quote) at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

function endOfTemplate(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) !== '`') {
    if (text.startsWith('${', at)) at = endOf(text, at + 2, '}') + 1;
    else at += text.charAt(at) === '\\' ? 2 : 1;
  }
  return at;
}

function templateSays(template: string): string {
  let says = '';
  let at = 0;
  while (at < template.length) {
    const opening = template.indexOf('${', at);
    if (opening === -1) return says + unescaped(template.slice(at));
    const closing = endOf(template, opening + 2, '}');
    says += unescaped(template.slice(at, opening)) + placeholder(template.slice(opening + 2, closing));
    at = closing + 1;
  }
  return says;
}

/** Names what stands there by the last word of its path: `‹master key id›` for `catalog.masterKeyId`. */
function placeholder(expression: string): string {
  const [, path] = /^([\w.?]+?)(?:\.join\(.*\))?(?: \?\? .*)?$/s.exec(expression.trim()) ?? [];
  const words = path?.split(/\??\./) ?? [];
  const named = words.at(-1) === 'name' ? words.slice(-2) : words.slice(-1);
  const spaced = named
    .join(' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ');
  return `‹${spaced.toLowerCase() || '…'}›`;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1');
}
