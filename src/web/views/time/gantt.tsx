import { counted, duration } from '../../../present/measures.ts';
import { Part } from '../part.tsx';
import { isOn, percentOn, type Axis, type Fold } from './axis.ts';
import { LANE_HEIGHT, StepBar, upright } from './bar.tsx';
import { timesOf, type Chart, type HostRow } from './chart.ts';
import { Hatches } from './hatches.tsx';

interface GanttProps {
  readonly chart: Chart;
  readonly nowMs: number;
  readonly isOver: boolean;
}

/** Hosts from top to bottom, time from left to right. */
export function Gantt({ chart, nowMs, isOver }: GanttProps) {
  const { axis, rows } = chart;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Chart of the run over time">
      <div class="gantt">
        <AxisRow axis={axis} />
        {rows.map((row) => (
          <Row row={row} axis={axis} />
        ))}
        <Lines chart={chart} nowMs={nowMs} isOver={isOver} />
      </div>
    </div>
  );
}

const AXIS_HEIGHT = 36;
const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 60 * MINUTE_MS;

function AxisRow({ axis }: { readonly axis: Axis }) {
  const { ticks, tickMs } = axis;
  const form = tickMs >= HALF_DAY_MS ? 'day' : tickMs < MINUTE_MS ? 'time' : 'minute';
  return (
    <Part id="time-axis">
      <div id="time-axis" class="gantt-row axis">
        <span class="gantt-name" />
        <svg width="100%" height={AXIS_HEIGHT} aria-hidden="true">
          <Hatches />
          {axis.folds.map((fold) => (
            <FoldMark fold={fold} axis={axis} />
          ))}
          {ticks.map((ms) => (
            <text
              x={`${percentOn(axis, ms)}%`}
              y={AXIS_HEIGHT - 6}
              text-anchor={anchorAt(percentOn(axis, ms))}
              data-iso={new Date(ms).toISOString()}
              data-form={form}
            >
              {tickInWords(ms, form)}
            </text>
          ))}
        </svg>
      </div>
    </Part>
  );
}

/** Time that is drawn short says how long it was. */
function FoldMark({ fold, axis }: { readonly fold: Fold; readonly axis: Axis }) {
  const from = percentOn(axis, fold.fromMs);
  const to = percentOn(axis, fold.toMs);
  return (
    <>
      <rect
        class="fold"
        x={`${from}%`}
        width={`${Math.round((to - from) * 100) / 100}%`}
        y={0}
        height={AXIS_HEIGHT}
      />
      <text x={`${(from + to) / 2}%`} y={AXIS_HEIGHT - 6} text-anchor="middle">
        ≈ {duration(fold.fromMs, fold.toMs)}
      </text>
    </>
  );
}

/** Text at either end stays on the chart. */
function anchorAt(percent: number): string {
  if (percent < 3) return 'start';
  return percent > 97 ? 'end' : 'middle';
}

/** As the page says it too, there in the zone of its reader. */
function tickInWords(ms: number, form: 'day' | 'time' | 'minute'): string {
  const [day = '', time = ''] = new Date(ms).toISOString().split('T');
  if (form === 'day') return `${day.slice(5)} ${time.slice(0, 5)}`;
  return time.slice(0, form === 'time' ? 8 : 5);
}

function Row({ row, axis }: { readonly row: HostRow; readonly axis: Axis }) {
  const { host, lanes, bars } = row;
  const id = `time-row-${host}`;
  const height = Math.max(1, lanes.length) * LANE_HEIGHT + 4;
  const workedMs = bars.reduce((sum, bar) => sum + timesOf(bar).workedMs, 0);
  const begun = bars.filter(({ isExpected }) => !isExpected).length;
  return (
    <Part id={id}>
      <div id={id} class="gantt-row">
        <span class="gantt-name">{host}</span>
        <svg
          width="100%"
          height={height}
          role="group"
          aria-label={`${host}: ${counted(begun, 'step')} begun, worked ${duration(0, workedMs)}`}
        >
          {axis.ticks.map((ms) => (
            <line class="tick" {...upright(axis, ms)} y1="0" y2={height} />
          ))}
          {lanes.map((lane, at) =>
            lane.map((bar) => <StepBar bar={bar} axis={axis} top={at * LANE_HEIGHT + 3} />),
          )}
        </svg>
      </div>
    </Part>
  );
}

/** What stands across all hosts: now, the point of no return, the end that is expected. */
function Lines({ chart, nowMs, isOver }: GanttProps) {
  const { axis, noReturn, end } = chart;
  const isEndShown = end !== null && end.bases.patience === 0 && isOn(axis, end.atMs);
  return (
    <Part id="time-lines">
      <svg id="time-lines" class="gantt-lines" aria-hidden="true">
        {noReturn && isOn(axis, noReturn.atMs) && (
          <Line name="no-return" axis={axis} atMs={noReturn.atMs} text="▲ no return" />
        )}
        {isEndShown && <Line name="end" axis={axis} atMs={end.atMs} text="◆ expected end" />}
        {!isOver && <NowLine axis={axis} nowMs={nowMs} />}
      </svg>
    </Part>
  );
}

interface LineProps {
  readonly name: string;
  readonly axis: Axis;
  readonly atMs: number;
  readonly text: string;
}

function Line({ name, axis, atMs, text }: LineProps) {
  const percent = percentOn(axis, atMs);
  const isRight = percent > 85;
  return (
    <g class={`mark ${name}`}>
      <line {...upright(axis, atMs)} y1="0" y2="100%" />
      <text x={`${percent}%`} dx={isRight ? -4 : 4} y="12" text-anchor={isRight ? 'end' : 'start'}>
        {text}
      </text>
    </g>
  );
}

/** The page moves it on between events. */
function NowLine({ axis, nowMs }: { readonly axis: Axis; readonly nowMs: number }) {
  const isFolded = axis.folds.some(({ fromMs, toMs }) => nowMs > fromMs && nowMs <= toMs);
  const speed = (percentOn(axis, axis.toMs) - percentOn(axis, nowMs)) / Math.max(1, axis.toMs - nowMs);
  return (
    <line
      class="now"
      {...upright(axis, nowMs)}
      y1="0"
      y2="100%"
      {...(isFolded ? {} : { 'data-at': nowMs, 'data-x': percentOn(axis, nowMs), 'data-speed': speed })}
    />
  );
}
