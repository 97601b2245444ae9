/**
 * The place behind the brace that closes the one at `start`: what stands in quotes, here-strings and comments closes
 * nothing. Throws a RangeError where none does.
 *
 * Source: *about_Quoting_Rules*; *about_Comments*; the language specification, section 2.2.3 (comments begin a token).
 */
export function blockEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const past = pastQuoted(text, at);
    if (past > at) {
      at = past - 1;
      continue;
    }
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  throw new RangeError('Missing closing brace in statement block');
}

/** The place behind the quote, here-string or comment that begins here; the same place where none does. */
function pastQuoted(text: string, at: number): number {
  const rest = text.slice(at, at + 2);
  if (text[at] === '`') return at + 2;
  if (rest === "@'" || rest === '@"') return pastHereString(text, at);
  if (rest === '<#') return after(text, '#>', at + 2);
  if (text[at] === '#' && /[\s;{}(|]/.test(text[at - 1] ?? ' ')) return after(text, '\n', at);
  const quote = QUOTES.find((kind) => kind.includes(text.charAt(at)));
  return quote === undefined ? at : pastQuote(text, at, quote);
}

function pastHereString(text: string, at: number): number {
  const opening = text.slice(at, text.indexOf('\n', at)).trim();
  return opening.length === 2 ? after(text, `\n${opening.charAt(1)}@`, at) : at;
}

/** Typographic quotes count as quotes of their kind. */
const QUOTES: readonly string[] = ["'\u2018\u2019\u201a\u201b", '"\u201c\u201d\u201e'];

function pastQuote(text: string, start: number, quote: string): number {
  const isQuote = (at: number) => at < text.length && quote.includes(text.charAt(at));
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote.startsWith('"') && text[at] === '`') at += 1;
    else if (isQuote(at) && isQuote(at + 1)) at += 1;
    else if (isQuote(at)) return at + 1;
  }
  throw new RangeError('The string is missing the terminator');
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}
