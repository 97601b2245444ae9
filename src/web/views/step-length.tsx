import { isMoving } from '../../../workflows/contract.ts';
import type { Lengths } from '../../client/lengths.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import { duration } from '../../present/measures.ts';
import { stretchesOf, waits, workedMs, type Stretch } from '../../present/stretches.ts';
import { Since } from './moment.tsx';
import type { RunSight } from './run-sight.ts';

/** What each step did so far, by its key. */
export type Pasts = ReadonlyMap<string, readonly Stretch[]>;

export function pastsOf({ events, run, nowMs }: RunSight): Pasts {
  const pasts = new Map<string, Stretch[]>();
  for (const stretch of stretchesOf(events, run, nowMs)) {
    pasts.set(stretch.key, [...(pasts.get(stretch.key) ?? []), stretch]);
  }
  return pasts;
}

interface LengthProps {
  readonly step: ShownStep;
  readonly past: readonly Stretch[];
  readonly lengths: Lengths;
  /** Whether the waits of the step are known: without a journal they are not. */
  readonly isExact: boolean;
  readonly nowMs: number;
}

/** How long a step has worked, beside how long it works on average; where it waits, for how long now. */
export function StepLength({ step, past, lengths, isExact, nowMs }: LengthProps) {
  const last = past.at(-1);
  if (last === undefined || step.state === 'in-place') return null;
  const worked = workedMs(past).get(step.key) ?? 0;
  const average =
    isExact && (isMoving(step) || step.state === 'changed') ? lengths[step.id]?.averageMs : undefined;
  return (
    <span class="length">
      {' '}
      {last.goesOn ? <Since iso={beginningOf(last, worked, nowMs)} nowMs={nowMs} /> : duration(0, worked)}
      {average !== undefined && <span class="average"> ({duration(0, average)} on average)</span>}
    </span>
  );
}

/** Of what is counted on: of the wait, or of work as if nothing had interrupted it. */
function beginningOf(last: Stretch, worked: number, nowMs: number): string {
  return new Date(waits(last) ? last.fromMs : nowMs - worked).toISOString();
}
