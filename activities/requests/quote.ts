/**
 * A text as one argument in PowerShell, in which nothing is expanded and which stays on its line. The curly
 * quotes end a text there just as the straight one does.
 *
 * Source: *about_Quoting_Rules*, single-quoted strings; PowerShell's language specification, 2.3.5.2.
 */
export function inPowershell(text: string): string {
  const [first = '', ...rest] = text.split(LINE_ENDERS);
  if (rest.length === 0) return quoted(first);
  const pieces = rest.map((piece, at) =>
    at % 2 === 0 ? `[char]${piece.codePointAt(0) ?? 0}` : quoted(piece),
  );
  return `(${[quoted(first), ...pieces].join(' + ')})`;
}

/** Several texts, as a list in PowerShell. */
export function listInPowershell(texts: readonly string[]): string {
  return texts.map(inPowershell).join(', ');
}

/** A text as a constant in T-SQL. Source: *Constants (Transact-SQL)*, Unicode strings. */
export function inSql(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

export function listInSql(texts: readonly string[]): string {
  return texts.map(inSql).join(', ');
}

const LINE_ENDERS = /([\p{Cc}\u2028\u2029])/u;
const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/g;

function quoted(text: string): string {
  return `'${text.replaceAll(SINGLE_QUOTES, '$&$&')}'`;
}
