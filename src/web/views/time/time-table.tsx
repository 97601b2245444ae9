import { counted, duration } from '../../../present/measures.ts';
import { STEP_WORDS } from '../../../present/words.ts';
import { Moment } from '../moment.tsx';
import { Part } from '../part.tsx';
import { rowIdOf } from './bar.tsx';
import { timesOf, type Bar, type HostRow } from './chart.ts';

/** The bars of a host as a table: where bars lead to, and what is read where none are seen. */
export function TimeTable({ row: { host, bars } }: { readonly row: HostRow }) {
  const id = `time-table-${host}`;
  const begun = bars.filter(({ isExpected }) => !isExpected);
  const times = begun.map(timesOf);
  const workedMs = times.reduce((sum, time) => sum + time.workedMs, 0);
  const waitedMs = times.reduce((sum, time) => sum + time.waitedMs, 0);
  return (
    <Part id={id}>
      <details id={id} class="time-table">
        <summary>
          <b>{host}</b> {counted(begun.length, 'step')} begun, worked {duration(0, workedMs)}
          {waitedMs > 0 && `, waited ${duration(0, waitedMs)} for people`}
        </summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">State</th>
                <th scope="col">Began</th>
                <th scope="col">Worked</th>
                <th scope="col">Waited for people</th>
                <th scope="col">Tries</th>
                <th scope="col">Critical</th>
              </tr>
            </thead>
            <tbody>
              {begun.map((bar) => (
                <BarRow bar={bar} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Part>
  );
}

function BarRow({ bar }: { readonly bar: Bar }) {
  const { step, fromMs, isCritical } = bar;
  const { symbol, tone, word } = STEP_WORDS[step.state];
  const { workedMs, waitedMs } = timesOf(bar);
  return (
    <tr id={rowIdOf(step.key)}>
      <th scope="row">
        {step.title} <code class="id">{step.key}</code>
      </th>
      <td>
        <span class={`symbol ${tone}`} aria-hidden="true">
          {symbol}
        </span>{' '}
        {word}
      </td>
      <td>
        <Moment iso={new Date(fromMs).toISOString()} />
      </td>
      <td>{duration(0, workedMs)}</td>
      <td>{waitedMs > 0 ? duration(0, waitedMs) : ''}</td>
      <td>{step.tries}</td>
      <td>{isCritical ? 'yes' : ''}</td>
    </tr>
  );
}
