/** Text of the product as Markdown that shows it as it is. */
export function plain(text: string): string {
  return masked(text).replaceAll(/[\\`*_<>[\]|#~]/g, '\\$&');
}

/** A docstring's own Markdown, in which a backslash is a backslash. */
export function prose(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('<', '\\<').replaceAll('##', '\\##');
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Parts apart by an empty line; what is null or empty is left out. */
export function page(...parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}

/** A heading with what belongs below it, or nothing where that is nothing. */
export function section(heading: string, ...parts: readonly (string | null)[]): string | null {
  const filled = parts.filter((part) => part !== null && part !== '');
  return filled.length === 0 ? null : [`## ${heading}`, ...filled].join('\n\n');
}

/** What differs each time that an estate is built: a page would never be current. */
function masked(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '‹id›')
    .replaceAll(/\b[0-9A-F]{40}\b/g, '‹thumbprint›')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, '‹date›');
}
