import { Moment } from './moment.tsx';
import { Part } from './part.tsx';
import { Drawing } from './picture/drawing.tsx';
import { estateOf, type Estate, type Thing } from './picture/estate.ts';
import { plannedEstate } from './picture/planned-estate.ts';
import {
  listenerLines,
  nodeLines,
  roleLines,
  standingInWords,
  trustedInWords,
  witnessLines,
  workerLines,
  type Line,
} from './picture/words.ts';
import type { RunSight } from './run-sight.ts';

/** In pixels: of a desk's screen, and of a phone's. */
const WIDTHS = { wide: 1180, narrow: 350 } as const;

/** The estate as it is known now: what looks have seen, and what is still to come. */
export function PictureView(sight: RunSight) {
  const estate = estateOf(sight);
  const { master } = plannedEstate(sight.plan);
  if (estate.nodes.length === 0) return <p class="empty">The plan is being made.</p>;
  return (
    <>
      {(['wide', 'narrow'] as const).map((name) => (
        <Part id={`picture-${name}`}>
          <div id={`picture-${name}`} class={`picture-${name} scroll`}>
            <Drawing estate={estate} width={WIDTHS[name]} master={master} />
          </div>
        </Part>
      ))}
      <p class="legend">
        <span class="entry">solid: seen</span>
        <span class="entry">dashed: to come, or not there</span>
        <span class="entry">dotted: nobody has looked yet</span>
      </p>
      <h2>In words</h2>
      <Part id="picture-list">
        <PictureList estate={estate} master={master} />
      </Part>
    </>
  );
}

interface ListProps {
  readonly estate: Estate;
  readonly master: string | null;
}

function PictureList({ estate, master }: ListProps) {
  const { cluster, witness, nodes, workers } = estate;
  return (
    <div id="picture-list" class="scroll" tabindex={0} role="region" aria-label="The estate in words">
      <table class="in-words">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Is known as</th>
            <th scope="col">Seen</th>
          </tr>
        </thead>
        <tbody>
          <Row
            what="Failover cluster"
            thing={cluster}
            lines={[{ text: standingInWords(cluster), tone: null }]}
          />
          {witness && <Row what="Witness" thing={witness} lines={witnessLines(witness)} />}
          <Row what="Listener" thing={estate.listener} lines={listenerLines(estate)} />
          <Row what="Scale Out Master" thing={estate.role} lines={roleLines(estate)} />
          {nodes.map((node) => (
            <Row what="Node" thing={node} lines={nodeLines(node, workers.length)} />
          ))}
          {workers.map((worker) => (
            <Row
              what="Worker"
              thing={worker}
              lines={[...workerLines(worker, master), trustedInWords(worker, nodes)]}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly what: string;
  readonly thing: Thing;
  readonly lines: readonly Line[];
}

function Row({ what, thing, lines }: RowProps) {
  const told = lines.filter(({ text }) => text !== '' && text !== thing.name);
  return (
    <tr>
      <th scope="row">
        {what} <b>{thing.name}</b>
      </th>
      <td>
        {told.map(({ text, tone }, at) => (
          <>
            {at > 0 && ' · '}
            <span class={tone ?? ''}>{text}</span>
          </>
        ))}
      </td>
      <td>
        <Seen at={thing.seenAt} />
      </td>
    </tr>
  );
}

/** How many letters of a moment say it to the second. */
const SECONDS = '2030-01-01T10:00:00'.length;

/** From the oldest look that still counts to the newest one. */
function Seen({ at }: { readonly at: readonly string[] }) {
  const [first] = at;
  const last = at.at(-1);
  if (first === undefined || last === undefined) return <>never</>;
  return (
    <>
      <Moment iso={first} form="day" />
      {last.slice(0, SECONDS) !== first.slice(0, SECONDS) && (
        <>
          {' to '}
          <Moment iso={last} />
        </>
      )}
    </>
  );
}
