import type { GridCell } from '../client/verification.ts';
import { columnsOf, headOf, rowsOf, shortened, withoutDomain, type Column, type Row } from './truth-table.ts';
import { bold, cut, dim, toned, type Style } from './style.ts';

const GAP = 2;
const LEAST_WIDTH = 9;

/** Rows are places, columns are where they were read; what differs is marked with a sign and a colour. */
export function gridLines(cells: readonly GridCell[], style: Style): readonly string[] {
  const shown = withoutDomain(cells);
  const rows = rowsOf(shown);
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  const room = style.width - labelWidth;
  const blocks = inBlocks(columnsOf(shown), Math.max(1, Math.floor(room / (LEAST_WIDTH + GAP))));
  return blocks.flatMap((columns) => blockLines(rows, columns, { labelWidth, room, style }));
}

interface Sheet {
  readonly labelWidth: number;
  readonly room: number;
  readonly style: Style;
}

function blockLines(rows: readonly Row[], columns: readonly Column[], { labelWidth, room, style }: Sheet) {
  const widths = fitted(
    columns.map((column) =>
      Math.max(
        headOf(column).length,
        ...[...column.cells.values()].map((cell) => textOf(cell, style).length),
      ),
    ),
    room - GAP * columns.length,
  );
  const told = rows.filter(({ place }) => columns.some((column) => column.cells.has(place)));
  const gap = ' '.repeat(GAP);
  const heads = columns.map((column, at) =>
    bold(cut(headOf(column), widths[at] ?? 0).padEnd(widths[at] ?? 0), style),
  );
  return [
    [' '.repeat(labelWidth), ...heads].join(gap).trimEnd(),
    ...told.map(({ place, label }) => {
      const shown = columns.map((column, at) => shownCell(column.cells.get(place), widths[at] ?? 0, style));
      return [dim(label.padEnd(labelWidth), style), ...shown].join(gap).trimEnd();
    }),
  ];
}

function inBlocks(columns: readonly Column[], size: number): readonly (readonly Column[])[] {
  const starts = Array.from({ length: Math.ceil(columns.length / size) }, (_each, at) => at * size);
  return starts.map((from) => columns.slice(from, from + size));
}

/** Takes from the widest until all fit. */
function fitted(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_WIDTH) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function shownCell(cell: GridCell | undefined, width: number, style: Style): string {
  if (cell === undefined) return ' '.repeat(width);
  const text = cut(textOf(cell, style), width).padEnd(width);
  if (cell.state === 'agrees') return text;
  return toned(text, cell.state === 'differs' ? 'bad' : 'asks', style);
}

function textOf({ value, state }: GridCell, { unicode }: Style): string {
  if (state === 'not known') return '? not known';
  const mark = state === 'agrees' ? ' ' : unicode ? '✖' : 'x';
  return `${mark} ${shortened(value)}`;
}
