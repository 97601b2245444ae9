import type { ShownRun } from '../../client/shown-run.ts';
import { verificationOf, type GridCell } from '../../client/verification.ts';
import { columnsOf, headOf, rowsOf, shortened, withoutDomain } from '../../present/truth-table.ts';
import { Part } from './part.tsx';

const SIGNS = {
  agrees: { sign: '✔', tone: 'good', word: 'agrees' },
  differs: { sign: '✖', tone: 'bad', word: 'differs' },
  'not known': { sign: '?', tone: 'asks', word: 'not known' },
} as const;

/** What must agree, where it was read, and what lies ahead; nothing where the run has not looked at any of it. */
export function Agreement({ run }: { readonly run: ShownRun }) {
  if (!run.steps.some(({ truth }) => truth !== undefined)) return null;
  const { cells, warnings } = verificationOf(run);
  const shown = withoutDomain(cells);
  const columns = columnsOf(shown);
  return (
    <Part id="agreement">
      <section id="agreement" aria-labelledby="agreement-title">
        <h2 id="agreement-title">What must agree</h2>
        <div class="scroll" tabindex={0} role="region" aria-label="Table of what must agree">
          <table class="agreement">
            <thead>
              <tr>
                <th scope="col">Place</th>
                {columns.map((column) => (
                  <th scope="col" title={column.names.join(', ')}>
                    {headOf(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(shown).map(({ place, label }) => (
                <tr>
                  <th scope="row">{label}</th>
                  {columns.map((column) => (
                    <Cell cell={column.cells.get(place)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {warnings.length > 0 && (
          <>
            <h3>What lies ahead</h3>
            <ul>
              {warnings.map(({ where, message, advice, isOver }) => (
                <li>
                  <strong class={isOver ? 'bad' : 'asks'}>{where}</strong>: {message} {advice}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </Part>
  );
}

function Cell({ cell }: { readonly cell: GridCell | undefined }) {
  if (cell === undefined) return <td class="none" />;
  const { sign, tone, word } = SIGNS[cell.state];
  return (
    <td class={tone} title={cell.wanted === null ? word : `${word}; wanted: ${cell.wanted}`}>
      <span aria-hidden="true">{sign}</span> {cell.state === 'not known' ? word : shortened(cell.value)}
      {cell.mendedBy !== null && (
        <small>
          {' '}
          mended by <code>{cell.mendedBy}</code>
        </small>
      )}
    </td>
  );
}
