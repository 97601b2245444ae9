import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import type { Tone } from './words.ts';

/** How words look where they are shown. */
export interface Style {
  readonly colours: boolean;
  readonly unicode: boolean;
  /** In columns. */
  readonly width: number;
  /** The whole command to type, from its words behind `ssis-ha`. */
  readonly command: (words: string) => string;
}

/** What a stream can show. Source: https://no-color.org; `FORCE_COLOR` as in chalk's documentation. */
export function abilities(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Omit<Style, 'command'> {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const isForced = env['FORCE_COLOR'] !== undefined && !['', '0'].includes(env['FORCE_COLOR']);
  const isPlain = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return {
    colours: !isPlain && (isForced || isTerminal),
    unicode: knowsUnicode(env),
    width: Math.max(40, stream.columns ?? (Number(env['COLUMNS']) || 100)),
  };
}

/** The consoles of old Windows and the bare Linux console lack the symbols. */
function knowsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform === 'win32') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM']);
  return env['TERM'] !== 'linux';
}

export function toned(text: string, tone: Tone, { colours }: Pick<Style, 'colours'>): string {
  const paint = createColors(colours);
  const tones = {
    good: paint.green,
    bad: paint.red,
    asks: paint.yellow,
    moves: paint.cyan,
    quiet: paint.dim,
  };
  return tones[tone](text);
}

export function bold(text: string, { colours }: Pick<Style, 'colours'>): string {
  return createColors(colours).bold(text);
}

export function dim(text: string, { colours }: Pick<Style, 'colours'>): string {
  return createColors(colours).dim(text);
}

export function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Breaks at blanks; every line begins with the indent. */
export function wrapped(text: string, indent: number, width: number): readonly string[] {
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

/** At most this long, with a mark where something is missing. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Time of the day where the reader sits. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}

export function dayAndTime(iso: string): string {
  const at = new Date(iso);
  return `${at.toLocaleDateString('sv-SE')} ${at.toLocaleTimeString('en-GB')}`;
}
