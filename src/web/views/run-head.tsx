import { counted, duration } from '../../present/measures.ts';
import { isSettled } from '../../../workflows/contract.ts';
import { endSaid } from '../../present/end-said.ts';
import { RUN_WORDS } from '../../present/words.ts';
import { Moment, Since } from './moment.tsx';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';

const MODE_WORDS = { perform: 'Run', rehearse: 'Rehearsal', verify: 'Verification' } as const;

/** Where a run stands, in two seconds. */
export function RunHead({ run, nowMs }: RunSight) {
  const { word, tone } = RUN_WORDS[run.state];
  const settled = run.steps.filter(isSettled).length;
  const stuck = run.steps.filter(({ state }) => state === 'stuck').length;
  return (
    <Part id="run-head">
      <header id="run-head" class={`run-head ${tone}`}>
        <h1>
          {run.site} <span class="mode">{MODE_WORDS[run.mode]}</span>
        </h1>
        <p class="state">
          <strong class={`badge ${stuck > 0 ? 'bad' : tone}`}>{word}</strong>
          {run.proof !== null && (
            <strong class={`badge ${run.proof === 'failover proven' ? 'good' : 'asks'}`}>{run.proof}</strong>
          )}
          {stuck > 0 && <strong class="badge bad">{counted(stuck, 'step')} stuck</strong>}
          {run.questions.length > 0 && (
            <a class="badge asks" href="#questions">
              {counted(run.questions.length, 'question')}
            </a>
          )}
        </p>
        <EndSaid run={run} />
        <p class="progress">
          <progress value={settled} max={Math.max(1, run.steps.length)} aria-label="Steps that are settled" />{' '}
          {settled} of {counted(run.steps.length, 'step')} ·{' '}
          {run.endedAt === null ? (
            <Since iso={run.startedAt} nowMs={nowMs} />
          ) : (
            duration(Date.parse(run.startedAt), Date.parse(run.endedAt))
          )}{' '}
          · started <Moment iso={run.startedAt} form="day" /> by {run.startedBy}
          {run.change !== null && ` · change ${run.change.ticket} of ${run.change.owner}`}
          {run.planHash !== null && (
            <>
              {' '}
              · plan <code>{run.planHash.slice(0, 12)}</code>
            </>
          )}
        </p>
      </header>
    </Part>
  );
}

/** Until all that is under way has ended, for many minutes, the state of the run stays as it was. */
function EndSaid({ run }: Pick<RunSight, 'run'>) {
  const said = endSaid(run);
  if (said === null) return null;
  const { verdict, by, at, expired } = said;
  const who = expired ? 'since nobody answered in time,' : `said by ${by}`;
  return (
    <p>
      <strong class="badge asks">{verdict === 'stop' ? 'stopping' : 'undo'}</strong> {who} at{' '}
      <Moment iso={at} form="day" />
      {run.state !== 'undoing' && ': what is under way is finished first'}
    </p>
  );
}
