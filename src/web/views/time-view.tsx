import { counted, duration } from '../../present/measures.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import { Moment } from './moment.tsx';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';
import { chartOf, type Chart, type ExpectedEnd } from './time/chart.ts';
import { Gantt } from './time/gantt.tsx';
import { PastimeLegend } from './time/pastime-legend.tsx';
import { TimeTable } from './time/time-table.tsx';

/** What every host did when, what it waited for, what the run cannot be shorter than, and when it may end. */
export function TimeView(sight: RunSight) {
  const { run, nowMs } = sight;
  if (run.steps.length === 0) return <p class="empty">The plan is being made.</p>;
  const chart = chartOf(sight);
  const isOver = run.endedAt !== null;
  return (
    <>
      <TimeWords sight={sight} chart={chart} />
      <Gantt chart={chart} nowMs={nowMs} isOver={isOver} />
      <PastimeLegend />
      <h2>Step by step</h2>
      {chart.rows.map((row) => (
        <TimeTable row={row} />
      ))}
    </>
  );
}

interface WordsProps {
  readonly sight: RunSight;
  readonly chart: Chart;
}

function TimeWords({ sight, chart }: WordsProps) {
  const { run, nowMs } = sight;
  const { end, noReturn, path } = chart;
  const steps = new Map(run.steps.map((step) => [step.key, step]));
  const isBound = end !== null && end.bases.patience > 0;
  const left = path.keys.flatMap((key) => steps.get(key) ?? []).filter(({ endedAt }) => endedAt === null);
  return (
    <Part id="time-words">
      <dl id="time-words" class="time-words">
        {end && <EndInWords end={end} nowMs={nowMs} />}
        {noReturn && (
          <>
            <dt>▲ No return</dt>
            <dd>
              {noReturn.isEstimated ? 'Expected at ' : 'Since '}
              <Moment iso={new Date(noReturn.atMs).toISOString()} form="day" />:{' '}
              {named(steps.get(noReturn.key))} has no undo.
            </dd>
          </>
        )}
        <dt>▂ Critical path</dt>
        <dd>
          {counted(path.keys.length, 'step')}, {isBound ? 'at most ' : ''}
          {duration(0, path.lengthMs)}
          {left.length > 0 && `; ${left.length} of them left, next: ${named(left[0])}`}
        </dd>
      </dl>
    </Part>
  );
}

function named(step: ShownStep | undefined): string {
  return step ? `${step.title} (${step.host})` : 'a step';
}

/** Says whether it is an expectation or a bound, since a bound is far off. */
function EndInWords({ end, nowMs }: { readonly end: ExpectedEnd; readonly nowMs: number }) {
  const { patience } = end.bases;
  const left = patience + end.bases['earlier runs'] + end.bases['this run'];
  const at = <Moment iso={new Date(end.atMs).toISOString()} form="day" />;
  return (
    <>
      <dt>◆ Expected end</dt>
      <dd>
        {patience === 0 ? 'About ' : 'At the latest '}
        {at}, in {duration(nowMs, end.atMs)}, if every question is answered at once.{' '}
        {patience === 0
          ? 'By the lengths of earlier runs, and of this one.'
          : `Of ${patience} of the ${counted(left, 'step')} left no length is known but their patience: an upper bound.`}
      </dd>
    </>
  );
}
