import type { Estate, Standing } from './estate.ts';
import type { Box, Layout } from './layout.ts';

interface LinesProps {
  readonly estate: Estate;
  readonly layout: Layout;
}

/** Who leads where: listener to primary, role to owner, primary to secondaries, workers to the Master. */
export function Lines({ estate, layout }: LinesProps) {
  const { listener, role, group } = estate;
  const at = (is: (node: Estate['nodes'][number]) => boolean) => layout.nodes[estate.nodes.findIndex(is)];
  const primary = at(({ isPrimary }) => isPrimary);
  const owner = at(({ runsMaster }) => runsMaster === true);
  const end = endOf(layout);
  return (
    <g class="links">
      {primary && listener.standing === 'there' && (
        <path class="link" d={fromLeft(layout.listener, primary, layout)} marker-end={end} />
      )}
      {owner && <path class="link strong" d={fromRight(layout.role, owner, layout)} marker-end={end} />}
      {primary && layout.nodeColumns > 1 && group.standing === 'there' && (
        <Copies estate={estate} layout={layout} primary={primary} />
      )}
      {layout.workersFrame && <Calls standing={role.standing} layout={layout} frame={layout.workersFrame} />}
    </g>
  );
}

/** Each drawing has its own: what a hidden one defines is not drawn elsewhere. */
export function Arrowhead({ width }: { readonly width: number }) {
  return (
    <defs>
      <marker
        id={arrowOf(width)}
        class="arrow"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerUnits="userSpaceOnUse"
        markerWidth="10"
        markerHeight="10"
        orient="auto-start-reverse"
      >
        <path d="M0 0 L8 4 L0 8 z" />
      </marker>
    </defs>
  );
}

function arrowOf(width: number): string {
  return `arrow-${width}`;
}

function endOf({ width }: Layout): string {
  return `url(#${arrowOf(width)})`;
}

/** Down from its box, beside those that stand below it, along above the nodes, and into the node from its left. */
function fromLeft(from: Box, to: Box, { cluster, role, listener }: Layout): string {
  const busY = cluster.y - 26;
  const isStacked = role.x === listener.x;
  const start = isStacked
    ? `M${from.x} ${from.y + 20} H${from.x - 8}`
    : `M${from.x + 20} ${from.y + from.height}`;
  return `${start} V${busY} H${to.x - 12} V${to.y + 30} H${to.x - 1}`;
}

/** The same to its right. */
function fromRight(from: Box, to: Box, { cluster }: Layout): string {
  const busY = cluster.y - 12;
  const rightX = to.x + to.width;
  const startX = from.x + from.width - 20;
  return `M${startX} ${from.y + from.height} V${busY} H${rightX + 12} V${to.y + 30} H${rightX + 1}`;
}

/** From the primary to every copy that has one, below the nodes. */
function Copies({ estate, layout, primary }: LinesProps & { readonly primary: Box }) {
  const end = endOf(layout);
  const below = ({ y, height }: Box) => y + height + 14;
  const middle = ({ x, width }: Box) => x + width / 2;
  return (
    <>
      {estate.nodes.map((node, at) => {
        const box = layout.nodes[at];
        if (!box || node.isPrimary || (node.mode === null && node.copy === null)) return null;
        const isReady = node.copy?.isReady === true;
        const way =
          box.y === primary.y
            ? `M${middle(primary)} ${primary.y + primary.height} V${below(primary)} H${middle(box)} V${box.y + box.height + 1}`
            : `M${middle(primary)} ${primary.y + primary.height} V${below(primary)} H${box.x - 22} V${below(box)} H${middle(box)} V${box.y + box.height + 1}`;
        return <path class={`link copy ${isReady ? 'good' : 'planned'}`} d={way} marker-end={end} />;
      })}
    </>
  );
}

interface CallsProps {
  readonly standing: Standing;
  readonly layout: Layout;
  readonly frame: Box;
}

/** Up at the right edge to the role, which they know by its name alone. */
function Calls({ standing, layout, frame }: CallsProps) {
  const { role, width } = layout;
  const end = endOf(layout);
  const x = width - 5;
  const y = role.y + role.height / 2;
  return (
    <path
      class={`link calls ${standing === 'there' ? '' : 'planned'}`}
      d={`M${frame.x + frame.width} ${frame.y + 14} H${x} V${y} H${role.x + role.width + 1}`}
      marker-end={end}
    />
  );
}
