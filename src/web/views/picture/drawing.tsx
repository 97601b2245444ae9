import type { Estate, Standing } from './estate.ts';
import { layoutOf, type Box } from './layout.ts';
import { Arrowhead, Lines } from './lines.tsx';
import { listenerLines, nodeLines, roleLines, witnessLines, workerLines, type Line } from './words.ts';

interface DrawingProps {
  readonly estate: Estate;
  /** In pixels. */
  readonly width: number;
  /** Address of the Master that workers are to call; null where that is not planned. */
  readonly master: string | null;
}

/** The estate, drawn for a page of some width. The list below it says the same in words. */
export function Drawing({ estate, width, master }: DrawingProps) {
  const layout = layoutOf(estate, width);
  const { cluster, witness, nodes, workers } = estate;
  return (
    <svg
      class="picture"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      <Arrowhead width={width} />
      <Frame
        box={layout.cluster}
        standing={cluster.standing}
        title={`Failover cluster ${cluster.name}${suffix(cluster.standing)}`}
      />
      {layout.workersFrame && (
        <Frame
          box={layout.workersFrame}
          standing="there"
          title={`${workers.length} Scale Out Workers${master === null ? '' : ` of ${master}`}`}
        />
      )}
      <Card
        box={layout.listener}
        standing={estate.listener.standing}
        title="Listener"
        lines={listenerLines(estate)}
      />
      <Card
        box={layout.role}
        standing={estate.role.standing}
        title="Scale Out Master"
        lines={roleLines(estate)}
      />
      {witness && layout.witness && (
        <Card
          box={layout.witness}
          standing={witness.standing}
          title="Witness"
          lines={witnessLines(witness)}
        />
      )}
      <Lines estate={estate} layout={layout} />
      {nodes.map((node, at) => (
        <Card
          box={layout.nodes[at]}
          standing={node.standing}
          title={node.name}
          lines={nodeLines(node, workers.length)}
        />
      ))}
      {workers.map((worker, at) => (
        <Card
          box={layout.workers[at]}
          standing={worker.standing}
          title={worker.name}
          lines={workerLines(worker, master)}
        />
      ))}
    </svg>
  );
}

function suffix(standing: Standing): string {
  return standing === 'there' ? '' : ` (${standing})`;
}

/** Dashed: it is to come; dotted: nobody has looked. */
const OUTLINES: Readonly<Record<Standing, string>> = {
  there: 'there',
  'to come': 'planned',
  'not there': 'planned',
  'not known': 'unknown',
};

interface FrameProps {
  readonly box: Box;
  readonly standing: Standing;
  readonly title: string;
}

function Frame({ box, standing, title }: FrameProps) {
  return (
    <g>
      <rect class={`frame ${OUTLINES[standing]}`} {...box} rx={8} />
      <Text at={{ x: box.x + 26, y: box.y + 17 }} room={box.width - 40} text={title} name="title" />
    </g>
  );
}

interface CardProps {
  readonly box: Box | undefined;
  readonly standing: Standing;
  readonly title: string;
  readonly lines: readonly Line[];
}

/** In pixels; a line is as high as its card lets it be. */
const LINE_HEIGHT = 17;
const TITLE_HEIGHT = 20;

function Card({ box, standing, title, lines }: CardProps) {
  if (!box) return null;
  const { x, y, width } = box;
  const step = Math.min(LINE_HEIGHT, (box.height - TITLE_HEIGHT - 6) / lines.length);
  return (
    <g>
      <title>{[title, ...lines.map(({ text }) => text)].filter(Boolean).join('; ')}</title>
      <rect class={`card ${OUTLINES[standing]}`} {...box} rx={6} />
      <Text at={{ x: x + 10, y: y + 17 }} room={width - 20} text={title} name="title" />
      {lines.map(({ text, tone }, at) => (
        <Text
          at={{ x: x + 10, y: y + TITLE_HEIGHT - 2 + (at + 1) * step }}
          room={width - 20}
          text={text}
          name={tone ?? ''}
        />
      ))}
    </g>
  );
}

interface TextProps {
  readonly at: { readonly x: number; readonly y: number };
  /** In pixels; what is longer is cut, and whole in the box's title. */
  readonly room: number;
  readonly text: string;
  readonly name: string;
}

/** A little more than the widths of most letters at the size of the picture's text. */
const LETTER_WIDTH = 6.9;

function Text({ at, room, text, name }: TextProps) {
  const letters = Math.floor(room / LETTER_WIDTH);
  const all = Array.from(text);
  const cut = all.length > letters ? `${all.slice(0, letters - 1).join('')}…` : text;
  return (
    <text {...at} class={name}>
      {cut}
    </text>
  );
}
