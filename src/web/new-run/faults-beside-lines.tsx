import type { SiteFault } from '../../site-file/site-fault.ts';

interface FaultsProps {
  readonly text: string;
  readonly faults: readonly SiteFault[];
  readonly warnings: readonly SiteFault[];
}

/** Lines on either side of one that is at fault. */
const AROUND = 2;

/** The lines of a site file that something is said of, with what is said beside them. */
export function FaultsBesideLines({ text, faults, warnings }: FaultsProps) {
  const said = [
    ...faults.map((fault) => ({ ...fault, tone: 'bad' as const })),
    ...warnings.map((fault) => ({ ...fault, tone: 'asks' as const })),
  ];
  if (said.length === 0) return null;
  const lines = text.split(/\r?\n/);
  const shown = lines.map((_line, at) => said.some(({ line }) => Math.abs(line - at - 1) <= AROUND));
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Lines with faults">
      <table class="lines">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Site file</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        {runsOf(shown).map(([from, to]) => (
          <tbody>
            {lines.slice(from, to).map((line, at) => (
              <Line
                number={from + at + 1}
                line={line}
                said={said.filter((one) => one.line === from + at + 1)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

interface Said extends SiteFault {
  readonly tone: 'bad' | 'asks';
}

function Line({
  number,
  line,
  said,
}: {
  readonly number: number;
  readonly line: string;
  readonly said: readonly Said[];
}) {
  return (
    <tr class={said[0] ? `said ${said[0].tone}` : ''}>
      <td class="number">{number}</td>
      <td>
        <code>{line}</code>
      </td>
      <td>
        {said.map(({ path, message, column, tone }) => (
          <p class={tone}>
            {tone === 'asks' && 'Warning. '}
            {path !== '' && <code>{path}</code>} {message} <small>column {column}</small>
          </p>
        ))}
      </td>
    </tr>
  );
}

/** From and to (without) of each row of lines that are shown together. */
function runsOf(shown: readonly boolean[]): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (const [at, isShown] of shown.entries()) {
    const last = runs.at(-1);
    if (!isShown) continue;
    if (last && last[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  }
  return runs;
}
