import { cut, visibleLength, type Style } from '../present/style.ts';

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const ERASE_BELOW = '\x1b[J';

/** A part of the terminal that is drawn anew in place, below lines that stay. */
export class LiveView {
  private readonly stream: NodeJS.WriteStream;
  private readonly style: Style;
  private drawn: readonly string[] = [];

  constructor(stream: NodeJS.WriteStream, style: Style) {
    this.stream = stream;
    this.style = style;
    this.stream.write(HIDE_CURSOR);
    process.once('exit', this.showCursor);
  }

  /** Adds lines that stay, and draws the moving part below them. */
  draw(staying: readonly string[], moving: readonly string[]): void {
    const back = this.backToStart();
    this.drawn = this.fitting(moving);
    this.stream.write(back + [...staying, ...this.drawn].map((line) => `${line}\n`).join(''));
  }

  /** Takes the moving part away and gives the terminal back. */
  close(): void {
    this.stream.write(this.backToStart());
    this.drawn = [];
    this.showCursor();
    process.off('exit', this.showCursor);
  }

  private readonly showCursor = (): void => void this.stream.write(SHOW_CURSOR);

  private backToStart(): string {
    const rows = this.rowsOf(this.drawn);
    return `${rows > 0 ? `\x1b[${rows}A` : ''}\r${ERASE_BELOW}`;
  }

  /** What is taller than the terminal could not be drawn anew: its end would have left the screen. */
  private fitting(lines: readonly string[]): readonly string[] {
    const room = Math.max(3, (this.stream.rows ?? 24) - 1);
    const kept: string[] = [];
    for (const line of lines) {
      if (this.rowsOf([...kept, line]) > room - 1) {
        const rest = `… ${lines.length - kept.length} more lines: ${this.style.command('status')}`;
        return [...kept, cut(rest, this.columns)];
      }
      kept.push(line);
    }
    return kept;
  }

  private rowsOf(lines: readonly string[]): number {
    return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(visibleLength(line) / this.columns)), 0);
  }

  private get columns(): number {
    return this.stream.columns || 80;
  }
}
