import type { UndoForecast } from '../../../workflows/contract.ts';
import { undoExtent } from '../../present/undo-extent.ts';
import { forecastMark } from '../forecast-mark.ts';
import { refusalFor, type Visitor } from '../visitor.ts';
import { RunHead } from '../views/run-head.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { Layout } from './layout.tsx';
import { Refused } from './refused.tsx';

interface WhatIfProps {
  readonly sight: RunSight;
  /** Null where the run is over, or nobody is there to answer. */
  readonly forecast: UndoForecast | null;
  readonly visitor: Visitor;
  /** Why the run did not take it. */
  readonly refused: string | null;
  /** What was given as reason with that. */
  readonly reason: string;
}

/** What there is to take back, how long that takes, and what stays. */
export function WhatIfPage({ sight, forecast, visitor, refused, reason }: WhatIfProps) {
  const { run } = sight;
  return (
    <Layout title={`${run.site}: what if I stop now?`} visitor={visitor}>
      <Refused why={refused} />
      <RunHead {...sight} />
      <p>
        <a href={`/runs/${run.runId}/steps`}>Back to the run</a>
      </p>
      <h2>What if I stop now?</h2>
      {forecast === null ? (
        <p>
          {run.endedAt === null
            ? 'The run does not answer now.'
            : 'The run is over: there is nothing to stop.'}
        </p>
      ) : (
        <>
          <p>
            <strong>Stop</strong> ends the run and leaves all as it is: what runs is finished first, nothing
            new begins, open questions are withdrawn. A later run goes on where this one was.
          </p>
          <UndoList forecast={forecast} sight={sight} />
          <EndForm sight={sight} visitor={visitor} forecast={forecast} reason={reason} />
        </>
      )}
      <ByHand sight={sight} visitor={visitor} />
    </Layout>
  );
}

function ByHand({ sight: { run }, visitor }: Pick<WhatIfProps, 'sight' | 'visitor'>) {
  if (run.mode !== 'perform' || run.state === 'done') return null;
  const refusal = refusalFor(visitor, 'export');
  return (
    <section aria-labelledby="by-hand">
      <h2 id="by-hand">Finish by hand</h2>
      <p>
        What this run has left, as PowerShell and T-SQL for people: values filled in, secrets asked for, each
        file with the chapter that it comes from. Making it touches neither the estate nor the run.
      </p>
      {refusal === null ? (
        <p>
          <a class="button" href={`/runs/${run.runId}/by-hand`}>
            Download the files (zip)
          </a>
        </p>
      ) : (
        <p class="refusal">{refusal}</p>
      )}
    </section>
  );
}

function UndoList({ forecast, sight }: { readonly forecast: UndoForecast; readonly sight: RunSight }) {
  if (forecast.steps.length === 0)
    return <p>This run has changed nothing yet: there is nothing to take back.</p>;
  return (
    <>
      <p>
        <strong>Undo</strong> goes through {undoExtent(forecast, sight)}
      </p>
      <ol class="undo">
        {forecast.steps.map(({ key, title, what, reason, residue }) => (
          <li>
            <span class={`badge ${what === 'kept' ? 'asks' : 'good'}`}>{what}</span> {title}{' '}
            <code class="id">{key}</code>
            {reason !== null && <p>{reason}</p>}
            {residue.map((left) => (
              <p class="stays">Stays: {left}</p>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

interface EndFormProps {
  readonly sight: RunSight;
  readonly visitor: Visitor;
  readonly forecast: UndoForecast;
  readonly reason: string;
}

function EndForm({ sight: { run }, visitor, forecast, reason }: EndFormProps) {
  const refusal = refusalFor(visitor, 'end');
  return (
    <form method="post" action={`/runs/${run.runId}/end`} class="answer">
      <input type="hidden" name="listed" value={forecastMark(forecast)} />
      <label for="reason">Reason</label>
      <textarea id="reason" name="reason" rows={2} maxlength={500}>
        {reason}
      </textarea>
      <div class="buttons">
        <button type="submit" name="verdict" value="stop" class="offer stop" disabled={refusal !== null}>
          <b>stop</b> <small>end the run and leave all as it is</small>
        </button>
        <button
          type="submit"
          name="verdict"
          value="undo"
          class="offer undo"
          disabled={refusal !== null || forecast.steps.length === 0}
        >
          <b>undo</b> <small>take back what is listed above</small>
        </button>
      </div>
      {refusal !== null && <p class="refusal">{refusal}</p>}
    </form>
  );
}
