import { counted, duration } from '../../../present/measures.ts';
import { STEP_WORDS } from '../../../present/words.ts';
import { percentOn, type Axis } from './axis.ts';
import { timesOf, type Bar } from './chart.ts';
import { hatchOf } from './hatches.tsx';
import type { Stretch } from '../../../present/stretches.ts';
import { PASTIME_WORDS } from './words.ts';

/** In pixels. */
export const LANE_HEIGHT = 23;
const BAR_HEIGHT = 17;
const THIN_HEIGHT = 8;
/** Shares of the chart, in percent, that text needs. */
const ROOM_FOR_SYMBOL = 1.6;
const ROOM_FOR_WORDS = 4;

interface BarProps {
  readonly bar: Bar;
  readonly axis: Axis;
  /** Upper edge of its lane, in pixels. */
  readonly top: number;
}

/** One step, which leads to what is told of it below the chart. */
export function StepBar({ bar, axis, top }: BarProps) {
  const { fromMs, toMs, stretches, isCritical, isExpected, step } = bar;
  return (
    <>
      <a href={`#${encodeURIComponent(rowIdOf(step.key))}`} class="bar" aria-label={barInWords(bar)}>
        <title>{barInWords(bar)}</title>
        {isExpected && (
          <rect class="expected" {...across(axis, { fromMs, toMs })} y={top + 2} height={BAR_HEIGHT - 4} />
        )}
        {stretches.map((stretch) => (
          <StretchRect stretch={stretch} axis={axis} top={top} />
        ))}
        {newTries(stretches).map((atMs) => (
          <line class="again" {...upright(axis, atMs)} y1={top - 1} y2={top + BAR_HEIGHT + 1} />
        ))}
        {isCritical && (
          <rect class="critical" {...across(axis, { fromMs, toMs })} y={top + BAR_HEIGHT + 1} height={3} />
        )}
      </a>
      {/* Beside the link: words that are cut short are no part of its name. */}
      <Labels bar={bar} axis={axis} top={top} />
    </>
  );
}

/** Of the row that tells of the step below the chart. */
export function rowIdOf(key: string): string {
  return `time-${key}`;
}

/** `Create the failover cluster (NODE-A): changed; worked 3 min 2 s, waited 40 s for people, 2 tries`. */
export function barInWords(bar: Bar): string {
  const { step, isExpected, isCritical } = bar;
  const { workedMs, waitedMs } = timesOf(bar);
  const facts = isExpected
    ? [`expected to take ${duration(bar.fromMs, bar.toMs)}`]
    : [
        `worked ${duration(0, workedMs)}`,
        ...(waitedMs > 0 ? [`waited ${duration(0, waitedMs)} for people`] : []),
        ...(step.tries > 1 ? [counted(step.tries, 'try', 'tries')] : []),
      ];
  const path = isCritical ? '; on the critical path' : '';
  return `${step.title} (${step.host}): ${STEP_WORDS[step.state].word}; ${facts.join(', ')}${path}`;
}

export function upright(axis: Axis, atMs: number): { readonly x1: string; readonly x2: string } {
  const x = `${percentOn(axis, atMs)}%`;
  return { x1: x, x2: x };
}

function across(axis: Axis, { fromMs, toMs }: Pick<Bar, 'fromMs' | 'toMs'>) {
  return { x: `${percentOn(axis, fromMs)}%`, width: `${share(axis, { fromMs, toMs })}%` };
}

/** How much of the chart it takes, in percent. */
function share(axis: Axis, { fromMs, toMs }: Pick<Bar, 'fromMs' | 'toMs'>): number {
  return Math.round((percentOn(axis, toMs) - percentOn(axis, fromMs)) * 100) / 100;
}

/** Where a person let it start anew. */
function newTries(stretches: readonly Stretch[]): readonly number[] {
  return stretches.flatMap(({ tries, fromMs }, at) => {
    const before = stretches[at - 1];
    return before && tries > before.tries ? [fromMs] : [];
  });
}

interface StretchProps {
  readonly stretch: Stretch;
  readonly axis: Axis;
  readonly top: number;
}

function StretchRect({ stretch, axis, top }: StretchProps) {
  const { tone, isHatched, height } = PASTIME_WORDS[stretch.pastime];
  const isThin = height === 'thin';
  return (
    <rect
      class={`stretch ${tone}`}
      {...across(axis, stretch)}
      y={isThin ? top + (BAR_HEIGHT - THIN_HEIGHT) / 2 : top}
      height={isThin ? THIN_HEIGHT : BAR_HEIGHT}
      {...(isHatched ? { fill: hatchOf(tone) } : {})}
    />
  );
}

/** The title where the step worked longest, and each wait by its symbol or its words, where there is room. */
function Labels({ bar, axis, top }: BarProps) {
  const { stretches, step, isExpected } = bar;
  const waits = stretches.filter((stretch) => PASTIME_WORDS[stretch.pastime].isHatched);
  const work = stretches
    .filter((stretch) => !waits.includes(stretch))
    .toSorted((one, other) => share(axis, other) - share(axis, one))[0];
  const titled = isExpected ? bar : work;
  return (
    <>
      {titled && share(axis, titled) >= ROOM_FOR_WORDS && (
        <Label at={titled} text={`${work ? workSymbol(work) : ''}${step.title}`} axis={axis} top={top} />
      )}
      {waits
        .filter((wait) => share(axis, wait) >= ROOM_FOR_SYMBOL)
        .map((wait) => (
          <Label at={wait} text={waitInWords(wait, step.title, share(axis, wait))} axis={axis} top={top} />
        ))}
    </>
  );
}

/** What everybody would take for a change is not marked as something else. */
function workSymbol({ pastime }: Stretch): string {
  return pastime === 'restarting' || pastime === 'undoing' ? `${PASTIME_WORDS[pastime].symbol} ` : '';
}

function waitInWords({ pastime }: Stretch, title: string, percent: number): string {
  const { symbol, word } = PASTIME_WORDS[pastime];
  return percent < ROOM_FOR_WORDS ? symbol : `${symbol} ${word}: ${title}`;
}

interface LabelProps {
  readonly at: Pick<Bar, 'fromMs' | 'toMs'>;
  readonly text: string;
  readonly axis: Axis;
  readonly top: number;
}

/** Ends where its bar ends. */
function Label({ at, text, axis, top }: LabelProps) {
  return (
    <svg class="label" {...across(axis, at)} y={top} height={BAR_HEIGHT} aria-hidden="true">
      <text x="4" y="12.5">
        {text}
      </text>
    </svg>
  );
}
