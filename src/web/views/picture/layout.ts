import type { Estate } from './estate.ts';

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly listener: Box;
  readonly role: Box;
  /** Null where the estate has none. */
  readonly witness: Box | null;
  /** The frame around the nodes. */
  readonly cluster: Box;
  readonly nodes: readonly Box[];
  /** The frame around the workers; null where there are none. */
  readonly workersFrame: Box | null;
  readonly workers: readonly Box[];
  /** Nodes that stand side by side. */
  readonly nodeColumns: number;
}

const MARGIN = 14;
const TOP_HEIGHT = 76;
/** Room for the lines from above to the nodes. */
const LINES_HEIGHT = 44;
const NODE = { width: 210, height: 116, gap: 34, stretch: 3 } as const;
const WORKER = { width: 128, height: 74, gap: 8, stretch: 1.6 } as const;
const TITLE_HEIGHT = 26;
/** From here on the boxes above the nodes stand side by side. */
const WIDE = 700;

/** A picture of an estate that is so many pixels wide. The same number of hosts always makes the same layout. */
export function layoutOf({ nodes, workers, witness }: Estate, width: number): Layout {
  const tops = topBoxes(width, witness === null ? 2 : 3);
  // The role stands last: the lines of the workers come up at the right edge.
  const [listener = NOWHERE] = tops;
  const role = tops.at(-1) ?? NOWHERE;
  const clusterY = bottomOf(tops) + LINES_HEIGHT;
  const inner = { x: 2 * MARGIN + 10, width: width - 4 * MARGIN - 20 };
  const nodeGrid = grid(nodes.length, NODE, { ...inner, y: clusterY + TITLE_HEIGHT + 4 });
  const cluster = frame(width, clusterY, bottomOf(nodeGrid.boxes, clusterY + TITLE_HEIGHT) + NODE.gap);
  const workersY = cluster.y + cluster.height + 22;
  const workerGrid = grid(workers.length, WORKER, {
    x: 2 * MARGIN,
    width: width - 4 * MARGIN - 16,
    y: workersY + TITLE_HEIGHT,
  });
  const workersFrame = workers.length === 0 ? null : frame(width, workersY, bottomOf(workerGrid.boxes) + 10);
  const last = workersFrame ?? cluster;
  return {
    width,
    height: last.y + last.height + 4,
    listener,
    role,
    witness: witness === null ? null : (tops[1] ?? null),
    cluster,
    nodes: nodeGrid.boxes,
    workersFrame,
    workers: workerGrid.boxes,
    nodeColumns: nodeGrid.columns,
  };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

function topBoxes(width: number, count: number): readonly Box[] {
  const gap = 24;
  const columns = width >= WIDE ? count : 1;
  const own = (width - 2 * MARGIN - 16 - (columns - 1) * gap) / columns;
  return Array.from({ length: count }, (_, at) => ({
    x: MARGIN + 8 + (at % columns) * (own + gap),
    y: 4 + Math.floor(at / columns) * (TOP_HEIGHT + 10),
    width: own,
    height: TOP_HEIGHT,
  }));
}

interface Cell {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** How much wider one may become where there is room. */
  readonly stretch: number;
}

/** As many columns as fit, and cells as wide as they can then be. */
function grid(count: number, cell: Cell, { x, y, width }: Omit<Box, 'height'>) {
  const fitting = Math.max(1, Math.floor((width + cell.gap) / (cell.width + cell.gap)));
  const columns = Math.min(fitting, Math.max(1, count));
  const own = Math.min(cell.stretch * cell.width, (width - (columns - 1) * cell.gap) / columns);
  const boxes = Array.from({ length: count }, (_, at) => ({
    x: x + (at % columns) * (own + cell.gap),
    y: y + Math.floor(at / columns) * (cell.height + cell.gap),
    width: own,
    height: cell.height,
  }));
  return { columns, boxes };
}

function frame(width: number, y: number, toY: number): Box {
  return { x: MARGIN, y, width: width - 2 * MARGIN, height: toY - y };
}

function bottomOf(boxes: readonly Box[], atLeast = 0): number {
  return Math.max(atLeast, ...boxes.map(({ y, height }) => y + height));
}
