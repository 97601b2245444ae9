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
  if (text[at] === "'") return pastQuote(text, at, "'");
  return text[at] === '"' ? pastQuote(text, at, '"') : at;
}

function pastHereString(text: string, at: number): number {
  const opening = text.slice(at, text.indexOf('\n', at)).trim();
  return opening.length === 2 ? after(text, `\n${opening.charAt(1)}@`, at) : at;
}

function pastQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '`') at += 1;
    else if (text[at] === quote && text[at + 1] === quote) at += 1;
    else if (text[at] === quote) return at + 1;
  }
  throw new RangeError('The string is missing the terminator');
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}
