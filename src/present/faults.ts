import type { SiteFault } from '../site-file/site-fault.ts';
import { dim, type Style } from './style.ts';

/** The line that a fault of a file stands on, with a caret below its column; nothing where it may not be shown. */
export function presentPlace(
  { line, column, text }: SiteFault,
  style: Pick<Style, 'colours' | 'width'>,
): readonly string[] {
  if (text === null || column > text.length + 1) return [];
  const number = String(line).padStart(5);
  const room = style.width - number.length - 4;
  const from = column <= room - 10 ? 0 : column - Math.floor(room / 2);
  const shown = text.slice(from, from + room);
  // Tabs stay, so that the caret stands below what it means.
  const before = shown.slice(0, column - 1 - from).replaceAll(/[^\t]/g, ' ');
  return [dim(`${number} | `, style) + shown, dim(`${' '.repeat(number.length)} | `, style) + `${before}^`];
}
