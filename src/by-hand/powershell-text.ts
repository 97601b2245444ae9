/**
 * A text as PowerShell reads it back whatever it holds: in single quotes, where nothing is expanded; a quote of any
 * kind that PowerShell takes for one is doubled.
 *
 * Source: *about_Quoting_Rules*, single-quoted strings; the language specification, section 2.3.5.2 (single quote
 * characters: U+0027, U+2018 to U+201B).
 */
export function literal(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** Lines of a comment: no value can end it and become a command. */
export function comment(text: string): string {
  return text
    .split(/[\r\n\u0085\u2028\u2029]+/)
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}

/**
 * A value as JSON in a here-string, made an object again: plain ASCII, so that no quote, `$(` or umlaut of it means
 * anything to PowerShell, whatever the encoding it takes the file for.
 */
export function jsonObject(value: unknown): string {
  return `@'\n${asciiJson(value)}\n'@ | ConvertFrom-Json`;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /[^\n\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What follows a variable to reach a member. */
export function member(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.${literal(name)}`;
}
